import type { Evidence } from "@assay/token";
import type { Say } from "./language.ts";
import { names } from "./lists.ts";
import { counted, figure } from "./time.ts";
import { phrase, quoted, untrusted } from "./untrusted.ts";

const ENCODING: Readonly<
  Record<Evidence["format.encoding"]["problem"], string>
> = {
  character: "a character that base64url does not have",
  padding: "padding, which base64url in a token does not have",
  length: "a length that base64url never has",
  trailing_bits: "stray bits in the last character",
  utf8: "bytes that are no UTF-8",
};

const OBJECT: Readonly<Record<Evidence["format.header"]["problem"], string>> = {
  empty: "is empty",
  not_json: "is not JSON",
  not_object: "is JSON, but no object",
  duplicate_member: "has a member twice",
  not_utf8: "is not UTF-8",
  byte_order_mark: "begins with a byte-order mark",
  lone_surrogate: "holds half a character (a lone surrogate)",
  member_type: "has a member of the wrong type",
  member_missing: "lacks a member",
  unencoded_payload: "declares an unencoded payload, which a JWT may not have",
};

const ENCRYPTED: Readonly<
  Record<Evidence["format.encrypted"]["problem"], string>
> = {
  not_expected: "a signed token is due",
  no_key: "there is no key to open it",
  not_opened: "none of the keys opens it",
  limit: "it is over the limits for opening",
  algorithm: "this way of encrypting is not accepted",
  not_signed_inside: "what is inside is no signed token",
};

const CRITICAL: Readonly<
  Record<Evidence["format.critical"]["problem"], string>
> = {
  not_array: "crit is no array",
  empty: "crit is empty",
  not_string: "crit holds something other than names",
  repeated: "crit names a parameter twice",
  registered: "crit names a parameter of the standards, which it may not",
  absent: "crit names a parameter that is not there",
  not_understood: "crit names a parameter that is not understood",
};

const TOO_LARGE = {
  token: "characters",
  segment: "characters in one part",
  depth: "levels of nesting",
  members: "members",
};

const object = (
  part: string,
  { problem, member }: Evidence["format.header"],
): string =>
  `the ${part} ${OBJECT[problem]}${member === null ? "" : `: ${quoted(member)}`}`;

const isOfAws = (scheme: string): boolean => /^(?:AWS4|X-Amz)-/.test(scheme);

/** What a request must carry: AWS wants a signature, and beside a temporary key a header. */
const due = (scheme: string): string =>
  scheme.startsWith("AWS4-")
    ? `a signature by ${phrase(scheme)}`
    : scheme.startsWith("X-Amz-")
      ? `the header or parameter ${phrase(scheme)}`
      : `a ${phrase(scheme)} token`;

/** What the steps request and format find. */
export const FORMAT_FINDINGS: Say<"request"> & Say<"format"> = {
  "request.token_missing": ({ scheme, headers }) =>
    headers.length === 0
      ? `expected ${due(scheme)}, found none`
      : `expected ${due(scheme)}${isOfAws(scheme) ? "" : " in the Authorization header"}, found none; headers seen: ${names(headers)}`,
  "request.scheme_unsupported": ({ expected, found }) =>
    `expected the scheme ${quoted(expected)}, found ${found === null ? "no scheme" : quoted(found)}`,
  "request.header_malformed": ({ words }) =>
    `expected one word after the scheme, found ${figure(words)}`,
  "request.token_repeated": ({ places }) =>
    `expected one token, found ${figure(places.length)}: ${names(places)}`,
  "request.transport_insecure": ({ host }) =>
    `the request went to ${quoted(host)} without TLS`,
  "format.empty": ({ length }) =>
    length === 0
      ? "the token has no characters"
      : `the token is ${counted(length, "character")} of white space`,
  "format.not_jwt": ({ looksLike, dots }) =>
    `expected a JWT, found ${phrase(looksLike)}${dots === 0 ? "" : ` with ${counted(dots, "dot")}`}`,
  "format.segments": ({ found, expected }) =>
    `expected ${expected.map(figure).join(" or ")} parts between dots, found ${figure(found)}`,
  "format.encoding": ({ segment, position, problem, character }) =>
    `the ${segment.replaceAll("_", " ")} has ${ENCODING[problem]}, at character ${figure(position + 1)}${character === null ? "" : `: ${quoted(character)}`}`,
  "format.header": (evidence) => object("header", evidence),
  "format.payload": (evidence) => object("payload", evidence),
  "format.claim_type": ({ claim, expected, found }) =>
    `claim ${quoted(claim)}: expected ${phrase(expected)}, found ${phrase(found)}`,
  "format.encrypted": ({ alg, enc, problem }) => {
    const declared = [alg, enc].filter((name) => name !== null).map(untrusted);
    return `${ENCRYPTED[problem]}${declared.length === 0 ? "" : ` (${declared.join(", ")})`}`;
  },
  "format.critical": ({ problem, member }) =>
    `${CRITICAL[problem]}${member === null ? "" : `: ${quoted(member)}`}`,
  "format.type": ({ expected, found, by }) =>
    `expected ${kind(expected)}, found ${kind(found)}, as ${phrase(by)} shows`,
  "format.too_large": ({ what, limit, found }) =>
    limit === null
      ? `over a limit on the way, with ${figure(found)} ${TOO_LARGE[what]}`
      : `at most ${figure(limit)} ${TOO_LARGE[what]}, found ${figure(found)}`,
};

const KINDS: Readonly<Record<string, string>> = {
  access_token: "an access token",
  id_token: "an ID token",
  refresh_token: "a refresh token",
  client_assertion: "a client assertion",
  dpop_proof: "a DPoP proof",
  logout_token: "a logout token",
  other: "another kind of token",
};

/** A name may be a stranger's, and be one that every object has. */
const kind = (name: string): string =>
  (Object.hasOwn(KINDS, name) ? KINDS[name] : null) ?? phrase(name);
