import { createApp } from "./app.ts";
import { createEmulatorBinding } from "./emulator/binding.ts";
import { toEmulatorOptions } from "./emulator/environment.ts";
import type { EmulatorEnvironment } from "./emulator/environment.ts";
import { faultModels } from "./emulator/faults/fault-table.ts";
import type { Bindings } from "./env.ts";

/** The Worker of `npm run dev`: the whole API offline, with the emulator where the AI binding would be. */

const app = createApp({ publicKey: "sk-local", extraEntries: faultModels });

/** One object per isolate, as in production: what is derived from the bindings is derived once. */
let bindings: Bindings | undefined;

export default {
  fetch(request, environment, context) {
    bindings ??= { ...environment, AI: createEmulatorBinding(toEmulatorOptions(environment)) };
    return app.fetch(request, bindings, context);
  },
} satisfies ExportedHandler<Bindings & EmulatorEnvironment>;
