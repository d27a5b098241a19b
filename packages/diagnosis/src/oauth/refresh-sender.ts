/** Whether two uses of a refresh token came from one sender. Pure; the texts may be fingerprints. */

export interface RefreshSender {
  /** The client that authenticated or named itself. A server refuses another client before it asks for a story. */
  readonly clientId: string | null;
  /** The thumbprint of the key or certificate that the sender has proven to hold (RFC 9449 section 5, RFC 8705 section 4). */
  readonly key: string | null;
  /** `networkOf` its address, or a fingerprint of that. */
  readonly network: string | null;
  /** Its program, as User-Agent names it, or a fingerprint of that. */
  readonly agent: string | null;
}

export type SenderSign =
  | "same_key"
  | "other_key"
  | "other_client"
  | "same_network"
  | "other_network"
  | "other_network_same_agent";

/**
 * A key decides. A network does where no key is known; where the first use has none, the networks of the family before it stand in.
 * Another network with the same program is a roaming device as well as a thief who copies it: null. A program alone tells nothing,
 * because it updates itself.
 */
export function compareSenders(
  one: RefreshSender,
  first: RefreshSender,
  before: readonly RefreshSender[],
): { readonly same: boolean | null; readonly sign: SenderSign | null } {
  if (one.key !== null && first.key !== null)
    return one.key === first.key
      ? { same: true, sign: "same_key" }
      : { same: false, sign: "other_key" };
  if (
    one.clientId !== null &&
    first.clientId !== null &&
    one.clientId !== first.clientId
  )
    return { same: false, sign: "other_client" };
  const known = [first.network ?? before.map(({ network }) => network)]
    .flat()
    .filter((network) => network !== null);
  if (one.network === null || known.length === 0)
    return { same: null, sign: null };
  if (known.includes(one.network)) return { same: true, sign: "same_network" };
  return one.agent !== null && one.agent === first.agent
    ? { same: null, sign: "other_network_same_agent" }
    : { same: false, sign: "other_network" };
}

/** The network of an address as a text to compare: IPv4 whole, of IPv6 the first 64 bits, because the rest changes by itself (RFC 8981). */
export function networkOf(address: string): string {
  const plain = address
    .trim()
    .toLowerCase()
    .replace(/^\[|\](?::\d+)?$|%.*$/g, "")
    .replace(/^::ffff:(?=\d+\.)/, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  // A dotted end stands for two groups.
  const length = rest.length + (rest.at(-1)?.includes(".") ? 1 : 0);
  const zeros = Math.max(0, 8 - groups.length - length);
  const all = [
    ...groups,
    ...(tail === undefined ? [] : Array<string>(zeros).fill("0")),
    ...rest,
  ];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
