/** What the page uses of Scalar's script, which is no module: it leaves its functions on the global object. */
interface Scalar {
  createApiReference(root: Element, configuration: object): unknown;
}

declare global {
  var Scalar: Scalar | undefined;
}

/** Loads the script, once. Throws where it is not there. */
export async function loadScalar(): Promise<Scalar> {
  // The copy of zod in it would try whether the page lets texts be run as code, and the page's policy would report that.
  Reflect.set(globalThis, "__zod_globalConfig", { jitless: true });
  const script = document.createElement("script");
  script.src = "/assets/scalar.js";
  await new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error("/assets/scalar.js could not be loaded.")));
    document.head.append(script);
  });
  if (globalThis.Scalar === undefined) throw new Error("/assets/scalar.js is not Scalar's script.");
  return globalThis.Scalar;
}

/** The keys that the person gave to the other pages. */
interface Keys {
  readonly ofClient: string | undefined;
  readonly ofAdmin: string | undefined;
}

/** Draws a document of OpenAPI. Nothing that Scalar offers beyond that is on: it asks nobody but this gateway. */
export function toConfiguration(apiDocument: object, keys: Keys): object {
  return {
    content: apiDocument,
    // By the names that the document has for them.
    authentication: {
      securitySchemes: {
        bearer: { token: keys.ofClient ?? "" },
        apiKey: { value: keys.ofClient ?? "" },
        admin: { token: keys.ofAdmin ?? "" },
      },
    },
    // It would go to the device's storage; the playground has a place for the key that the person chooses.
    persistAuth: false,
    telemetry: false,
    withDefaultFonts: false,
    proxyUrl: "",
    agent: { disabled: true, hideAddApi: true },
    mcp: { disabled: true },
    showDeveloperTools: "never",
    hideClientButton: true,
    // The page has buttons for these two.
    documentDownloadType: "none",
    hideDarkModeToggle: true,
    featuredClients: ["shell/curl", "python/requests", "js/fetch"],
    hideModels: true,
    // The document has them in the order of the README's tables.
    orderSchemaPropertiesBy: "preserve",
    orderRequiredPropertiesFirst: false,
    maxVisibleRequestBodyProperties: 0,
  };
}
