import { startReference } from "./view/reference-page.ts";

void startReference();
