/** Bounds that no setting changes, each with its reason. */

/** Levels of nesting in a request body. JSON schemas in use stay under 20; deeper input is meant to exhaust a stack. */
export const MAX_JSON_DEPTH = 128;

/**
 * Values in a request body. A conversation of 10,000 messages has some 50,000; parsed, a body of 20 MiB that is nothing
 * but `[],[],…` would fill an isolate's 128 MB.
 */
export const MAX_JSON_VALUES = 500_000;

/** Seconds that a browser may keep the answer to a preflight; the most that any browser honours. */
export const CORS_MAX_AGE_SECONDS = 7200;
