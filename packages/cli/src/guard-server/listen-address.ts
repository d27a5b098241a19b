/** Addresses in the guard's settings: where it listens, and where it asks. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** HOST:PORT, with brackets around an IPv6 address. undefined: it is none. */
export function readListen(given: string): ListenAddress | undefined {
  const [, v6, name, digits = ""] =
    /^(?:\[([0-9a-f:.]+)\]|([a-z0-9][a-z0-9.-]*)):(\d{1,5})$/i.exec(given) ??
    [];
  const host = v6 ?? name;
  const port = Number(digits);
  return host === undefined || port > 65_535
    ? undefined
    : { host: host.toLowerCase(), port };
}

/** Threat: keys or answers that come over a network in the clear. */
export function isAddress(
  given: string,
  isLoopback: (host: string) => boolean,
): boolean {
  if (!URL.canParse(given)) return false;
  const { protocol, hostname, username, password, hash } = new URL(given);
  return (
    username + password + hash === "" &&
    (protocol === "https:" ||
      (protocol === "http:" && isLoopback(hostname.replace(/^\[|\]$/g, ""))))
  );
}
