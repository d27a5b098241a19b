/** IP addresses and ranges (RFC 4632, RFC 4291), without anything that only one platform has. */

/** The bytes of an address, 4 or 16; null: it is none. A zone (`%eth0`) is part of no comparison. */
export function addressBytes(text: string): readonly number[] | null {
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (!bare.includes(":")) return v4(bare);
  const bytes = v6(bare);
  // An IPv4 address as a socket for both kinds writes it (RFC 4291 section 2.5.5.2).
  return bytes && MAPPED.every((byte, i) => bytes[i] === byte)
    ? bytes.slice(12)
    : bytes;
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

function v4(text: string): readonly number[] | null {
  const parts = text.split(".");
  // 010 is eight to some and ten to others: no address.
  return parts.length === 4 &&
    parts.every(
      (part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256,
    )
    ? parts.map(Number)
    : null;
}

function v6(text: string): readonly number[] | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(groups);
  if (!head || (halves.length === 2 && !tail)) return null;
  if (tail === undefined || tail === null)
    return head.length === 16 ? head : null;
  const gap = 16 - head.length - tail.length;
  return gap >= 2 ? [...head, ...Array<number>(gap).fill(0), ...tail] : null;
}

function groups(text: string): readonly number[] | null {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    const embedded =
      i === parts.length - 1 && part.includes(".") ? v4(part) : null;
    if (embedded) bytes.push(...embedded);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 255);
    } else return null;
  }
  return bytes;
}

interface Range {
  readonly bytes: readonly number[];
  readonly bits: number;
}

export class AddressRanges {
  readonly #ranges: readonly Range[];
  /** The last answer: behind a proxy it is the same few addresses all day. */
  #last: { readonly text: string; readonly inside: boolean } | null = null;

  /** Addresses, and ranges such as `10.0.0.0/8`. Throws TypeError for what is neither. */
  constructor(ranges: readonly string[]) {
    this.#ranges = ranges.map(range);
  }

  includes(text: string): boolean {
    if (this.#last?.text === text) return this.#last.inside;
    const bytes = addressBytes(text);
    const inside =
      bytes !== null && this.#ranges.some((one) => covers(one, bytes));
    this.#last = { text, inside };
    return inside;
  }
}

function range(text: string): Range {
  const [address = "", length, more] = text.split("/");
  const bytes = addressBytes(address);
  const width = (bytes?.length ?? 0) * 8;
  // A length that is written for IPv6 counts the 96 bits before the IPv4 address.
  const before = width === 32 && address.includes(":") ? 96 : 0;
  const bits = length === undefined ? width : Number(length) - before;
  const isLength = length === undefined || /^\d{1,3}$/.test(length);
  if (!bytes || more !== undefined || !isLength || bits < 0 || bits > width)
    throw new TypeError(
      `proxies: expected an address or a range such as 10.0.0.0/8; found ${JSON.stringify(text.slice(0, 64))}`,
    );
  return { bytes, bits };
}

function covers({ bytes, bits }: Range, address: readonly number[]): boolean {
  if (address.length !== bytes.length) return false;
  return bytes.every((byte, i) => {
    const kept = Math.min(8, Math.max(0, bits - i * 8));
    const mask = (0xff << (8 - kept)) & 0xff;
    return (byte & mask) === ((address[i] ?? 0) & mask);
  });
}

/** 127.0.0.0/8 and ::1: this machine alone. */
export const isLoopbackAddress = (text: string): boolean =>
  LOOPBACK.includes(text);

const LOOPBACK = new AddressRanges(["127.0.0.0/8", "::1"]);
