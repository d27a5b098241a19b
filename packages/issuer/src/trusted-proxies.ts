/**
 * Where a request came from. Threat: a header that anybody can write; so X-Forwarded-For counts only from proxies that the operator named, and of its
 * addresses the last that is none of theirs.
 */
import { BlockList, isIP } from "node:net";
import type { Connection } from "./issuer-context.ts";

export class TrustedProxies {
  readonly #ranges = new BlockList();

  /** Addresses and ranges, as options.ts takes them. */
  constructor(ranges: readonly string[]) {
    for (const range of ranges) {
      const [address = "", length] = range.split("/");
      const family = isIP(address) === 6 ? "ipv6" : "ipv4";
      if (length === undefined) this.#ranges.addAddress(address, family);
      else this.#ranges.addSubnet(address, Number(length), family);
    }
  }

  /** `remote`: the address at the other end of the socket; `forwarded`: X-Forwarded-For. */
  connection(
    remote: string | undefined,
    forwarded: string | undefined,
  ): Connection {
    const socket = plain(remote ?? "");
    if (isIP(socket) === 0) return { ip: null };
    if (forwarded === undefined || !this.#isTrusted(socket))
      return { ip: socket };
    for (const hop of forwarded.split(",").toReversed()) {
      const address = plain(hop.trim());
      // What is no address was not written by a proxy of ours.
      if (isIP(address) === 0) return { ip: socket };
      if (!this.#isTrusted(address)) return { ip: address };
    }
    return { ip: socket };
  }

  #isTrusted(address: string): boolean {
    return this.#ranges.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  }
}

/** An IPv4 address that a socket for both kinds writes as IPv6, and brackets or a port, which some proxies write. */
const plain = (address: string): string =>
  address
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
