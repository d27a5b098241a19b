/** An issuer's name taken apart: RFC 8414 section 2 wants an https URL, the world has host names and bare words as well. */
export interface IssuerAddress {
  /** Lower case, without "://"; null when it is missing. */
  readonly scheme: string | null;
  /** Lower case; null: the name is no address. */
  readonly host: string | null;
  /** "" when there is none, or the scheme's own. */
  readonly port: string;
  /** In lower case, without slashes at the end; "" is the root. */
  readonly path: string;
}

const FORM =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^/:?#[\]\s]*)(?::(\d{1,5}))?(\/[^?#]*)?(?:[?#].*)?$/s;
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: "80",
  https: "443",
};

export function readIssuerAddress(issuer: string): IssuerAddress {
  const [, scheme, host, port = "", path = ""] =
    FORM.exec(issuer.trim().toLowerCase()) ?? [];
  const isAddress =
    host !== undefined &&
    host !== "" &&
    (scheme !== undefined ||
      host.includes(".") ||
      host === "localhost" ||
      port !== "");
  if (!isAddress) return { scheme: null, host: null, port: "", path: issuer };
  const usual = port === (DEFAULT_PORTS[scheme ?? "https"] ?? "");
  return {
    scheme: scheme ?? null,
    host,
    port: usual ? "" : port,
    path: path.replace(/\/{2,}/g, "/").replace(/\/$/, ""),
  };
}
