import { toCurl } from "./curl.ts";
import { toPython } from "./python.ts";
import { toTypescript } from "./typescript.ts";

/** The languages in which a request can be copied. */
export const languages = [
  { name: "curl", label: "curl", render: toCurl },
  { name: "python", label: "Python", render: toPython },
  { name: "typescript", label: "TypeScript", render: toTypescript },
] as const;
