/** What a Worker costs that does nothing: the measure of start-up time. */
// oxlint-disable-next-line import/no-default-export -- A Worker is the default export of its entry.
export default {
  fetch: () => new Response("ok"),
} satisfies ExportedHandler;
