import { DurableObject } from "cloudflare:workers";
import type { KeptResponse } from "./kept-response.ts";
import type { BackgroundResponse, BackgroundRunner, Cancellation, Following, SavedResponse } from "./saved-response.ts";

/** A response as the runtime knows it. What it does is imported with its first call, as that of `ApiKey` is. */
export abstract class ResponseObject extends DurableObject<object> {
  protected abstract readonly runner: BackgroundRunner;
  readonly #response: Promise<KeptResponse> = this.#load();

  async save(saved: SavedResponse, expiresAt: number): Promise<void> {
    return (await this.#response).save(saved, expiresAt);
  }

  async begin(background: BackgroundResponse, expiresAt: number): Promise<void> {
    return (await this.#response).begin(background, expiresAt);
  }

  async retrieve(): Promise<string | undefined> {
    return (await this.#response).retrieve();
  }

  async readAll(): Promise<SavedResponse | undefined> {
    return (await this.#response).readAll();
  }

  async readInput(): Promise<string | undefined> {
    return (await this.#response).readInput();
  }

  async findItems(ids: readonly string[]): Promise<string> {
    return (await this.#response).findItems(ids);
  }

  async remove(): Promise<boolean> {
    return (await this.#response).remove();
  }

  async cancel(): Promise<Cancellation> {
    return (await this.#response).cancel();
  }

  async follow(startingAfter: number): Promise<Following> {
    return (await this.#response).follow(startingAfter);
  }

  override async alarm(): Promise<void> {
    return (await this.#response).alarm();
  }

  async #load(): Promise<KeptResponse> {
    const { KeptResponse } = await import("./kept-response.ts");
    return new KeptResponse(this.ctx, this.env, this.runner);
  }
}
