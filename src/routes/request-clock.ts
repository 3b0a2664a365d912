import type { GatewayContext } from "../env.ts";
import { systemClock } from "../gateway/ports.ts";
import type { Clock } from "../gateway/ports.ts";
import { withSharedTimer } from "../gateway/shared-timer.ts";

/** The clock of a request, whose waits share one timer of the runtime. */
export function clockOf(c: GatewayContext): Clock {
  const known: Clock | undefined = c.get("clock");
  if (known !== undefined) return known;
  const clock = withSharedTimer(systemClock);
  c.set("clock", clock);
  return clock;
}
