import { GatewayError, toGatewayError } from "../errors.ts";
import type { ByteSource } from "../stream/byte-source.ts";
import type { Meter } from "./meter.ts";

/** A body whose end, whatever it is, is told to the meter. */
export function meterBody(body: ByteSource, meter: Meter): ByteSource {
  function pass(chunk: Uint8Array | undefined): Uint8Array | undefined {
    if (chunk === undefined) meter.complete();
    return chunk;
  }

  function fail(thrown: unknown): never {
    meter.fail(toGatewayError(thrown));
    throw thrown;
  }

  return {
    next: () => body.next().then(pass, fail),
    cancel(reason) {
      meter.fail(new GatewayError("client_closed", "The reader left."));
      body.cancel(reason);
    },
  };
}
