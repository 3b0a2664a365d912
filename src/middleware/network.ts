/** Groups of an IPv6 address that name a network: whoever has one address has the 64 bits behind it as well. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/** What stands for an address where addresses are counted: itself, or of IPv6 its first 64 bits. */
export function toNetwork(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = toGroups(head);
  if (tail !== undefined) {
    const after = toGroups(tail);
    while (groups.length + after.length < GROUPS) groups.push("0");
    groups.push(...after);
  }
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":");
}

function toGroups(text: string): string[] {
  return text === "" ? [] : text.split(":");
}
