import { HISTORY_EVENTS, type Inquiry } from "./inquiry.ts";

/** The inquiry is not of the contract's form. The message names the member, what was expected and what was found. */
export class InquiryError extends Error {
  override readonly name = "InquiryError";
}

type Check = (value: unknown, path: string) => void;

const fail = (path: string, expected: string, value: unknown): never => {
  const found =
    value === null
      ? "null"
      : Array.isArray(value)
        ? "an array"
        : typeof value === "object"
          ? "an object"
          : `a ${typeof value}`;
  throw new InquiryError(
    `${path || "the inquiry"}: expected ${expected}, found ${found}`,
  );
};

const text: Check = (value, path) =>
  void (typeof value === "string" || fail(path, "a string", value));
const number: Check = (value, path) =>
  void (Number.isFinite(value) || fail(path, "a number", value));
const seconds: Check = (value, path) =>
  void (
    (Number.isFinite(value) && (value as number) >= 0) ||
    fail(path, "a number of seconds, at least 0", value)
  );
const anything: Check = () => {};
/** Without a zone a time would mean another moment on each machine; a date alone is midnight UTC. */
const ISO =
  /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:[Zz]|[+-]\d\d:?\d\d))?$/;
const moment: Check = (value, path) =>
  void (
    (typeof value === "string" &&
      ISO.test(value) &&
      !Number.isNaN(Date.parse(value))) ||
    fail(
      path,
      "a time in ISO 8601 with its zone, such as 2026-11-22T12:00:00Z",
      value,
    )
  );
const oneOf =
  (...words: readonly string[]): Check =>
  (value, path) =>
    void (
      words.includes(value as string) ||
      fail(path, `one of ${words.join(", ")}`, value)
    );
const nullOr =
  (check: Check): Check =>
  (value, path) =>
    void (value === null || check(value, path));
const listOf =
  (check: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return fail(path, "an array", value);
    value.forEach((item, i) => check(item, `${path}[${i}]`));
  };
const textOrTexts: Check = (value, path) =>
  Array.isArray(value) ? listOf(text)(value, path) : text(value, path);
const mapOf =
  (check: Check): Check =>
  (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return fail(path, "an object", value);
    for (const [name, item] of Object.entries(value))
      check(item, `${path}.${name.slice(0, 80)}`);
  };
/** An object with these members and no others: an unknown member is a mistake that would silently change the answer. */
const members =
  (known: Readonly<Record<string, Check>>, open = false): Check =>
  (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return fail(path, "an object", value);
    for (const [name, item] of Object.entries(value)) {
      const check = Object.hasOwn(known, name) ? known[name] : undefined;
      if (check) check(item, path ? `${path}.${name}` : name);
      else if (!open)
        throw new InquiryError(
          `${path || "the inquiry"}: unknown member "${name.slice(0, 80)}"; known are ${Object.keys(known).join(", ")}`,
        );
    }
  };

const jwks = members({ keys: listOf(mapOf(anything)) }, true);
const headers = mapOf(textOrTexts);
const request = members({ method: text, url: text, headers, body: text });
const response = members({ status: number, headers, body: text });

const policy = members({
  kind: oneOf("access_token", "id_token", "client_assertion", "any"),
  issuer: nullOr(textOrTexts),
  audience: nullOr(textOrTexts),
  authorizedParties: listOf(text),
  scopes: listOf(text),
  algorithms: listOf(text),
  clockTolerance: seconds,
  maxAge: seconds,
  maxLifetime: seconds,
  requiredClaims: listOf(text),
  claims: mapOf(anything),
  nonce: text,
  scheme: oneOf("Bearer", "DPoP"),
  binding: oneOf("none", "dpop", "mtls"),
  keys: jwks,
  jwksUri: text,
  decryptionKeys: jwks,
  secret: text,
  secretEncoding: oneOf("utf8", "base64", "base64url", "hex"),
  publicKey: text,
});

const context = members({
  documents: mapOf(
    members({ status: number, headers, body: text, error: text }),
  ),
  previousKeys: jwks,
  cachedKeys: members(
    { keys: listOf(mapOf(anything)), fetchedAt: moment },
    true,
  ),
  otherIssuers: listOf(members({ issuer: text, keys: jwks })),
  clientToken: text,
  previousToken: text,
  clocks: members({
    client: moment,
    issuer: moment,
    verifier: moment,
    service: moment,
  }),
  certificate: text,
  client: members({
    id: text,
    authenticationMethod: text,
    grantTypes: listOf(text),
    redirectUris: listOf(text),
    secret: text,
  }),
  history: listOf(
    members({
      at: moment,
      event: oneOf(...HISTORY_EVENTS),
      tokenId: text,
      grantId: text,
      clientId: text,
      subject: text,
      ip: text,
      by: text,
    }),
  ),
  aws: members({
    environment: mapOf(text),
    credentialsFile: text,
    configFile: text,
    profile: text,
    secretAccessKey: text,
    endpoint: text,
  }),
});

const inquiry = members({
  token: text,
  request,
  response,
  policy,
  now: moment,
  context,
});

/** Checks that a parsed JSON value is an inquiry. Throws InquiryError, which names the member; unknown members are an error. */
export function readInquiry(value: unknown): Inquiry {
  inquiry(value, "");
  return value as Inquiry;
}
