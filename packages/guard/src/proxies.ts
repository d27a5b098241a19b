/**
 * Which proxies may speak for a client. Threat: headers that anybody can write. X-Forwarded-*, X-Original-*, Forwarded and Client-Cert
 * count only when the other end of the connection is a proxy that the operator named; from anybody else they are taken away.
 */
import { AddressRanges, addressBytes } from "./addresses.ts";
import type { Arrival } from "./arrival.ts";

/** Headers in which applications behind a proxy look for who somebody is. */
export const IDENTITY_HEADERS: readonly string[] = [
  "remote-user",
  "remote-groups",
  "remote-name",
  "remote-email",
  "x-remote-user",
  "x-remote-group",
  "x-user",
  "x-user-id",
  "x-authenticated-user",
  "x-authenticated-userid",
  "x-auth-request-user",
  "x-auth-request-email",
  "x-auth-request-groups",
  "x-auth-request-preferred-username",
  "x-auth-request-access-token",
  "x-auth-subject",
  "x-auth-client",
  "x-auth-scope",
  "x-auth-issuer",
  "x-forwarded-user",
  "x-forwarded-email",
  "x-forwarded-groups",
  "x-forwarded-preferred-username",
  "x-forwarded-access-token",
];

/** Headers in which a proxy says how the request came to it. */
const FORWARDING =
  /^(?:x-(?:forwarded|original)-.*|forwarded|x-real-ip|client-cert(?:-chain)?|(?:x-)?(?:ssl-)?client-cert)$/;

export class Proxies {
  readonly #ranges: AddressRanges | null;
  readonly #identity: ReadonlySet<string>;
  readonly #written: ReadonlySet<string>;

  /** `written`: headers of identity that the named proxies write themselves. */
  constructor(
    proxies: readonly string[],
    identity: readonly string[],
    written: readonly string[],
  ) {
    const plain = (name: string): string => plainName(name.toLowerCase());
    this.#ranges = proxies.length > 0 ? new AddressRanges(proxies) : null;
    this.#identity = new Set([...IDENTITY_HEADERS, ...identity.map(plain)]);
    this.#written = new Set(written.map(plain));
  }

  get configured(): boolean {
    return this.#ranges !== null;
  }

  isTrusted(remote: string | null): boolean {
    return remote !== null && (this.#ranges?.includes(remote) ?? false);
  }

  /**
   * True for a header, in lower case, that whoever is behind the guard must not see. Who somebody is says the token: a proxy hands on what
   * its client wrote, unless the operator knows that it writes the header itself.
   */
  mustGo(name: string, remote: string | null): boolean {
    if (this.#ranges === null) return false;
    const plain = plainName(name);
    const isWritten = this.#written.has(plain);
    if (!isWritten && this.#identity.has(plain)) return true;
    return (isWritten || FORWARDING.test(plain)) && !this.isTrusted(remote);
  }

  /** The client's address: of those in X-Forwarded-For, the last that is none of the named proxies. */
  client(arrival: Arrival): string | null {
    const { remote } = arrival;
    if (!this.isTrusted(remote)) return remote;
    const sent = arrival.values("x-forwarded-for");
    const hops = (
      typeof sent === "string" ? sent : (sent ?? []).join(",")
    ).split(",");
    for (const hop of hops.toReversed()) {
      const address = hop.trim().replace(/^\[(.*)\](?::\d+)?$/, "$1");
      // What is no address was not written by a proxy of ours.
      if (!addressBytes(address)) return remote;
      if (!this.isTrusted(address)) return address;
    }
    return remote;
  }
}

/** Some servers behind take _ and - for the same sign. */
const plainName = (name: string): string => name.replaceAll("_", "-");
