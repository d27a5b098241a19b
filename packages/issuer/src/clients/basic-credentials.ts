/** The Authorization header of client_secret_basic (RFC 6749 section 2.3.1). */
import { formDecode } from "../endpoints/form.ts";

export interface BasicCredentials {
  /** Form-decoded. null: a percent sign without its digits; the client did not encode it. */
  readonly id: string | null;
  readonly secret: string | null;
  /** What stood there before form-decoding, colon and all. */
  readonly raw: string;
}

/** Whether the header speaks of Basic; the scheme's case does not count (RFC 9110 section 11.1). */
export const isBasic = (header: string): boolean =>
  /^basic(?: |$)/i.test(header);

/**
 * null: not one pair of credentials. Id and secret are form-encoded before they are joined, so the first colon parts them, and a plus is
 * a blank: many clients forget it, and an id that is an address then falls apart.
 */
export function readBasic(header: string): BasicCredentials | null {
  const credentials = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header)?.[1];
  if (credentials === undefined) return null;
  const raw = decodeUtf8(Buffer.from(credentials, "base64"));
  const colon = raw?.indexOf(":") ?? -1;
  if (raw === null || colon < 0) return null;
  return {
    id: formDecode(raw.slice(0, colon)),
    secret: formDecode(raw.slice(colon + 1)),
    raw,
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}
