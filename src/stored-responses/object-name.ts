/** The form of every id that is stored here. */
const ID = /^[\w-]{1,128}$/;

/**
 * The name of what an owner keeps under an id. What has not the form of an id, and might be the end of another name, is
 * one name together, under which nothing is ever kept.
 */
export function toObjectName(owner: string, id: string): string {
  return `${owner}/${ID.test(id) ? id : ""}`;
}
