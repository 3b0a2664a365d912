import { startPlayground } from "./view/page.ts";

startPlayground();
