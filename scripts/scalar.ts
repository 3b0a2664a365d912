/**
 * Scalar's reference page as one script for browsers. Its own package brings 280 others, which are in that script already;
 * of the plugins that carry it, the one for Fastify brings a dozen. No server is needed: the plugin is asked which routes it has.
 */
import fastifyApiReference from "@scalar/fastify-api-reference";

/** What the plugin wants of a server, and of an answer. */
interface Route {
  readonly url: string;
  readonly handler: (request: undefined, reply: Reply) => unknown;
}
interface Reply {
  header(name: string, value: string): Reply;
  send(body: unknown): unknown;
}

const LICENCE = "/*! Scalar API Reference, MIT, (c) 2023-present Scalar, https://github.com/scalar/scalar */\n";

/** The script, without the link to a source map that is not served. Throws where the package has none. */
export function readScalar(): Uint8Array {
  const routes: Route[] = [];
  const server = {
    log: { warn: () => undefined },
    hasPlugin: () => false,
    route: (route: Route) => routes.push(route),
  };
  fastifyApiReference(server, { routePrefix: "/docs", configuration: { url: "/openapi.json" } }, () => undefined);
  let script: unknown;
  const reply: Reply = { header: () => reply, send: (body) => (script = body) };
  routes.find(({ url }) => url === "/docs/js/scalar.js")?.handler(undefined, reply);
  if (typeof script !== "string") throw new Error("@scalar/fastify-api-reference has no script of Scalar's.");
  return new TextEncoder().encode(LICENCE + script.replace(/\n\/\/# sourceMappingURL=\S*\s*$/, "\n"));
}
