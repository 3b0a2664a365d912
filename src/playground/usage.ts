import { startUsagePage } from "./view/usage-page.ts";

startUsagePage();
