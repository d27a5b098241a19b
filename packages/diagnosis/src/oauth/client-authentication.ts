/** How the client shows who it is (RFC 6749 section 2.3, RFC 7523 section 2.2): every way that the request uses, as it stands. */
import { headerValues, platform } from "@assay/token";
import type { RequestSeen } from "../inquiry.ts";
import { formDecode } from "./form-decoding.ts";
import { jsonObject, type Members } from "./json-object.ts";
import type { Parameters } from "./parameters.ts";

export interface BasicCredentials {
  /** What stands in the header after base64, before form-decoding; null: no base64, or no colon. */
  readonly raw: string | null;
  readonly id: string | null;
  readonly secret: string | null;
}

export interface ClientAuthentication {
  readonly methods: readonly string[];
  /** The id that the request names, whatever the way. */
  readonly clientId: string | null;
  readonly basic: BasicCredentials | null;
  /** client_secret of the body or address, decoded once. */
  readonly post: string | null;
  /** A signed JWT in place of a secret: client_assertion, or a client_secret that is one (Apple). */
  readonly assertion: string | null;
}

export function readClientAuthentication(
  request: RequestSeen,
  parameters: Parameters,
): ClientAuthentication {
  const header =
    headerValues({ headers: request.headers ?? {} }, "authorization")[0] ?? "";
  const credentials = /^\s*Basic\s*(.{0,8000})$/is.exec(header)?.[1];
  const basic = credentials === undefined ? null : readBasic(credentials);
  const post = parameters.get("client_secret");
  const given = parameters.get("client_assertion");
  const assertion =
    given ?? (post !== null && looksLikeJwt(post) ? post : null);
  const methods = [
    ...(basic ? ["client_secret_basic"] : []),
    ...(post === null ? [] : ["client_secret_post"]),
    ...(given === null ? [] : [assertionMethod(given)]),
  ];
  const clientId =
    parameters.get("client_id") ??
    basic?.id ??
    (assertion === null ? null : subjectOf(assertion));
  return {
    methods: methods.length === 0 && clientId !== null ? ["none"] : methods,
    clientId,
    basic,
    post,
    assertion,
  };
}

export const looksLikeJwt = (text: string): boolean =>
  text.startsWith("ey") && text.split(".", 4).length === 3;

function readBasic(credentials: string): BasicCredentials {
  const raw = decodeBase64(credentials.trim());
  const colon = raw?.indexOf(":") ?? -1;
  if (raw === null || colon < 0) return { raw, id: null, secret: null };
  const [id, secret] = [raw.slice(0, colon), raw.slice(colon + 1)];
  return { raw, id: formDecode(id) ?? id, secret: formDecode(secret) };
}

/** Base64 of either alphabet; what is no text is read byte by byte. */
export function decodeBase64(text: string): string | null {
  const plain = text
    .replace(/=+$/, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_");
  const bytes = platform.decodeBase64url(plain);
  if (!bytes || bytes.length === 0) return null;
  return (
    platform.decodeUtf8(bytes) ??
    Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")
  );
}

function part(assertion: string, index: 0 | 1): Members | null {
  const text = platform.decodeText(assertion.split(".", 3)[index] ?? "");
  return jsonObject(text ?? "");
}

const assertionMethod = (assertion: string): string =>
  String(part(assertion, 0)?.["alg"]).startsWith("HS")
    ? "client_secret_jwt"
    : "private_key_jwt";

function subjectOf(assertion: string): string | null {
  const { sub, iss } = part(assertion, 1) ?? {};
  return typeof sub === "string" ? sub : typeof iss === "string" ? iss : null;
}

/** The claims of a JWT as they stand, not verified. */
export const claimsOf = (
  token: string,
): Readonly<Record<string, unknown>> | null => part(token, 1);
/** The header of a JWT as it stands, not verified. */
export const headerOf = (
  token: string,
): Readonly<Record<string, unknown>> | null => part(token, 0);
