import { createApp } from "./app.ts";

/** The deployed Worker. */
export default createApp();
