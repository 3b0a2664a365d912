import type { MiddlewareHandler } from "hono";
import { HonoBase } from "hono/hono-base";
import { LinearRouter } from "hono/router/linear-router";
import type { GatewayContext, GatewayEnv } from "./env.ts";
import { systemClock } from "./gateway/ports.ts";
import { accessLog } from "./middleware/access-log.ts";
import { adminAuth } from "./middleware/admin-auth.ts";
import { bearerAuth } from "./middleware/bearer-auth.ts";
import { crossOrigin } from "./middleware/cross-origin.ts";
import { errorForm } from "./middleware/error-form.ts";
import { liveModels } from "./middleware/live-models.ts";
import { readSettings, settings } from "./middleware/settings.ts";
import type { ModelEntry } from "./models/model.ts";
import type * as AdminKeys from "./routes/admin-keys.ts";
import { API_BASE, createPathReader } from "./routes/api-path.ts";
import { chatCompletions } from "./routes/chat-completions.ts";
import { answerError, answerUnknownUrl, refuseMethod } from "./routes/error-answer.ts";
import { health } from "./routes/health.ts";
import { home } from "./routes/home.ts";
import { rememberRoutes } from "./routes/known-routes.ts";
import { onDemand } from "./routes/on-demand.ts";
import type * as Pages from "./routes/pages.ts";
import type { BackgroundRunner } from "./stored-responses/saved-response.ts";

export interface AppOptions {
  /** Models beside the catalogue's. */
  readonly extraEntries?: readonly ModelEntry[];
  /** A key that the page at `/` may show; only the development environment has one. */
  readonly publicKey?: string;
}

/** HEAD is answered wherever GET is, and OPTIONS everywhere: it is how a browser asks for permission. */
const readMethods = ["GET", "HEAD", "OPTIONS"] as const;

type Method = "GET" | "POST" | "DELETE";

type Routes = HonoBase<GatewayEnv>;

/**
 * The whole service: middleware in order, then routes. Hono with the router that tries one route after the other and makes
 * nothing of them before: the other routers make a regular expression of each, or one of all, and those and their first use
 * took 2 ms of what an isolate needs to start. What it finds is remembered.
 */
export function createApp({ extraEntries = [], publicKey }: AppOptions = {}): Routes {
  const app: Routes = new HonoBase({
    router: rememberRoutes(new LinearRouter()),
    getPath: createPathReader(() => app.routes.map(({ path }) => path)),
  });
  app.notFound(answerUnknownUrl);
  app.onError(answerError);

  app.use(accessLog());
  app.use(settings(extraEntries));
  app.use(liveModels(extraEntries));
  app.use(crossOrigin());

  servePages(app, publicKey);
  app.get("/healthz", health).all(refuseMethod(readMethods));
  serveApi(app);
  serveAdmin(app);
  serveWorkersAi(app);
  return app;
}

/** The web pages and their files, and the document of the API. */
function servePages(app: Routes, publicKey: string | undefined): void {
  const serve = (path: string, handler: Handler): void => void app.get(path, handler).all(refuseMethod(readMethods));
  serve("/", home(publicKey));
  serve("/usage", page("usagePage"));
  serve("/docs", page("referencePage"));
  serve("/openapi.json", page("apiDocument"));
  serve("/assets/:name", page("pageFile"));
}

/** A page or file, by the name of its handler. */
function page(name: Exclude<keyof typeof Pages, "playground">): Handler {
  return lazily(async () => (await import("./routes/pages.ts"))[name]);
}

/** What makes background responses, inside the objects that keep them: loaded with the first of them. */
export function createBackgroundRunner({ extraEntries = [] }: Pick<AppOptions, "extraEntries"> = {}): BackgroundRunner {
  return {
    timers: systemClock,
    async run(background, environment, hooks) {
      const { runBackground } = await import("./routes/background.ts");
      return runBackground(background, environment, readSettings(environment, extraEntries), hooks);
    },
  };
}

function serveApi(app: Routes): void {
  const api: Routes = app.basePath(API_BASE);
  endpoint(api, "POST", "/chat/completions", chatCompletions);
  endpoint(
    api,
    "POST",
    "/completions",
    lazily(async () => (await import("./routes/completions.ts")).completions),
  );
  responses(api);
  conversations(api);
  tasks(api);
  media(api);
  messagesApi(api);
  endpoint(
    api,
    "GET",
    "/models",
    lazily(async () => (await import("./routes/models.ts")).listModels),
  );
  endpoint(
    api,
    "GET",
    "/models/:id{.+}",
    lazily(async () => (await import("./routes/models.ts")).retrieveModel),
  );
}

/** Managed keys and what they used, behind the admin key. */
function serveAdmin(app: Routes): void {
  const serve = (path: string, handlers: Handlers): void => resource(app, path, handlers, adminAuth());
  serve("/admin/keys", { GET: admin("listKeys"), POST: admin("createKey") });
  serve("/admin/keys/:id", { GET: admin("retrieveKey"), POST: admin("updateKey"), DELETE: admin("deleteKey") });
  serve("/admin/keys/:id/rotate", { POST: admin("rotateKey") });
  serve("/admin/keys/:id/block", { POST: admin("blockKey") });
  serve("/admin/keys/:id/unblock", { POST: admin("unblockKey") });
  serve("/admin/keys/:id/usage", { GET: admin("readKeyUsage") });
  serve("/admin/usage", { GET: admin("readUsage") });
}

/** A handler of the admin API, by its name. */
function admin(name: keyof typeof AdminKeys): Handler {
  return lazily(async () => (await import("./routes/admin-keys.ts"))[name]);
}

const loadResponses = () => import("./routes/responses.ts");
const loadStoredResponses = () => import("./routes/stored-responses.ts");
const loadRecognition = () => import("./routes/recognition.ts");
const loadMessages = () => import("./routes/messages.ts");
const loadConversations = () => import("./routes/conversations.ts");

/** The Responses API. What would be taken for the id of a response stands in front of those. */
function responses(api: Routes): void {
  resource(api, "/responses", {
    POST: lazily(async () => (await loadResponses()).createResponse),
    GET: lazily(async () => (await import("./routes/responses-socket.ts")).connectResponses),
  });
  resource(api, "/responses/input_tokens", {
    POST: lazily(async () => (await import("./routes/input-tokens.ts")).countInputTokens),
  });
  resource(api, "/responses/compact", {
    POST: lazily(async () => (await import("./routes/compact-response.ts")).compactResponse),
  });
  resource(api, "/responses/:id", {
    GET: lazily(async () => (await loadStoredResponses()).retrieveResponse),
    DELETE: lazily(async () => (await loadStoredResponses()).deleteResponse),
  });
  resource(api, "/responses/:id/cancel", { POST: lazily(async () => (await loadStoredResponses()).cancelResponse) });
  resource(api, "/responses/:id/input_items", {
    GET: lazily(async () => (await loadStoredResponses()).listInputItems),
  });
}

function conversations(api: Routes): void {
  resource(api, "/conversations", { POST: lazily(async () => (await loadConversations()).createConversation) });
  resource(api, "/conversations/:id", {
    GET: lazily(async () => (await loadConversations()).retrieveConversation),
    POST: lazily(async () => (await loadConversations()).updateConversation),
    DELETE: lazily(async () => (await loadConversations()).deleteConversation),
  });
  resource(api, "/conversations/:id/items", {
    GET: lazily(async () => (await loadConversations()).listItems),
    POST: lazily(async () => (await loadConversations()).createItems),
  });
  resource(api, "/conversations/:id/items/:item", {
    GET: lazily(async () => (await loadConversations()).retrieveItem),
    DELETE: lazily(async () => (await loadConversations()).deleteItem),
  });
}

/** Workers AI's own API, at the paths of Cloudflare's and at their ends alone. */
function serveWorkersAi(app: Routes): void {
  for (const base of ["/client/v4/accounts/:account/ai", "/ai"]) {
    app.use(`${base}/:path{.+}`, errorForm("cloudflare"));
    resource(app, `${base}/run/:model{.+}`, {
      POST: lazily(async () => (await import("./routes/run-model.ts")).runModel),
    });
    resource(app, `${base}/models/search`, {
      GET: lazily(async () => (await import("./routes/search-models.ts")).searchModels),
    });
  }
}

/** What models do beside completing. */
function tasks(api: Routes): void {
  resource(api, "/embeddings", { POST: lazily(async () => (await import("./routes/embeddings.ts")).embeddings) });
  resource(api, "/rerank", { POST: lazily(async () => (await import("./routes/rerank.ts")).rerank) });
  resource(api, "/moderations", { POST: lazily(async () => (await import("./routes/moderations.ts")).moderations) });
}

/** Images and sound. */
function media(api: Routes): void {
  resource(api, "/images/generations", {
    POST: lazily(async () => (await import("./routes/images.ts")).generateImages),
  });
  resource(api, "/audio/transcriptions", { POST: lazily(async () => (await loadRecognition()).transcriptions) });
  resource(api, "/audio/translations", { POST: lazily(async () => (await loadRecognition()).translations) });
  resource(api, "/audio/speech", { POST: lazily(async () => (await import("./routes/speech.ts")).speech) });
  // No key: the name of the image is the secret.
  const show = lazily(async () => (await import("./routes/image-store.ts")).showImage);
  api.get("/images/files/:name", show).all(refuseMethod(readMethods));
}

/** Anthropic's Messages API. */
function messagesApi(api: Routes): void {
  api.use("/messages/*", errorForm("anthropic"));
  resource(api, "/messages", { POST: lazily(async () => (await loadMessages()).messages) });
  resource(api, "/messages/count_tokens", { POST: lazily(async () => (await loadMessages()).countMessageTokens) });
}

type Handler = (c: GatewayContext) => Response | Promise<Response>;

type Handlers = Readonly<Partial<Record<Method, Handler>>>;

/**
 * A handler whose module is evaluated with its first request: what few requests need does not lengthen the start of an
 * isolate.
 */
function lazily(load: () => Promise<Handler>): Handler {
  const handler = onDemand(load);
  return async (c) => (await handler())(c);
}

/** A URL behind a key, and an answer for whoever asks it with another method. */
function endpoint(api: Routes, method: Method, path: string, handler: Handler): void {
  resource(api, path, { [method]: handler });
}

/** A URL with a handler for each method that it serves. */
function resource(
  api: Routes,
  path: string,
  handlers: Handlers,
  authenticate: MiddlewareHandler<GatewayEnv> = bearerAuth(),
): void {
  for (const [method, handler] of Object.entries(handlers)) {
    api.on(method, path, authenticate, (c) => answer(c, handler));
  }
  const served = ["GET", "HEAD", "POST", "DELETE"].filter((method) => (method === "HEAD" ? "GET" : method) in handlers);
  api.all(path, refuseMethod([...served, "OPTIONS"]));
}

/** Hono hands exceptions to `onError` only where they are of the class `Error`; anything may be thrown. */
async function answer(c: GatewayContext, handler: Handler): Promise<Response> {
  try {
    return await handler(c);
  } catch (thrown) {
    return answerError(thrown, c);
  }
}
