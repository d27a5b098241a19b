import type { Evidence } from "@assay/token";
import type { Say } from "../language.ts";
import { untrusted } from "../untrusted.ts";
import { cutAnd, names, quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";
import { counted, figure } from "./time.ts";

const SEGMENTS: Readonly<
  Record<Evidence["format.encoding"]["segment"], string>
> = {
  token: "das Token",
  header: "der Header",
  payload: "die Payload",
  signature: "die Signatur",
  encrypted_key: "der verschlüsselte Schlüssel",
  iv: "der Initialisierungsvektor",
  ciphertext: "der Geheimtext",
  tag: "das Authentication-Tag",
};

const ENCODING: Readonly<
  Record<Evidence["format.encoding"]["problem"], string>
> = {
  character: "ein Zeichen, das base64url nicht kennt",
  padding: "Padding, das base64url in einem Token nicht hat",
  length: "eine Länge, die base64url nie hat",
  trailing_bits: "überzählige Bits im letzten Zeichen",
  utf8: "Bytes, die kein UTF-8 sind",
};

const OBJECT: Readonly<Record<Evidence["format.header"]["problem"], string>> = {
  empty: "ist leer",
  not_json: "ist kein JSON",
  not_object: "ist JSON, aber kein Objekt",
  duplicate_member: "hat ein Feld doppelt",
  not_utf8: "ist kein UTF-8",
  byte_order_mark: "beginnt mit einer Byte-Order-Mark",
  lone_surrogate: "enthält ein halbes Zeichen (ein einzelnes Surrogat)",
  member_type: "hat ein Feld vom falschen Typ",
  member_missing: "ist unvollständig, ein Feld fehlt",
  unencoded_payload:
    "kündigt eine unkodierte Payload an, die ein JWT nicht haben darf",
};

const ENCRYPTED: Readonly<
  Record<Evidence["format.encrypted"]["problem"], string>
> = {
  not_expected: "verlangt ist ein signiertes Token",
  no_key: "es gibt keinen Schlüssel, der es öffnen könnte",
  not_opened: "keiner der Schlüssel öffnet es",
  limit: "es überschreitet die Grenzen für das Öffnen",
  algorithm: "diese Art der Verschlüsselung ist nicht zugelassen",
  not_signed_inside: "der Inhalt ist kein signiertes Token",
};

const CRITICAL: Readonly<
  Record<Evidence["format.critical"]["problem"], string>
> = {
  not_array: "crit ist kein Array",
  empty: "crit ist leer",
  not_string: "crit enthält etwas anderes als Namen",
  repeated: "crit nennt einen Parameter doppelt",
  registered: "crit nennt einen Parameter der Standards, was nicht erlaubt ist",
  absent: "crit nennt einen Parameter, der nicht da ist",
  not_understood: "crit nennt einen Parameter, der nicht verstanden wird",
};

const TOO_LARGE = {
  token: "Zeichen",
  segment: "Zeichen in einem Teil",
  depth: "Verschachtelungsebenen",
  members: "Felder",
};

const object = (
  part: string,
  { problem, member }: Evidence["format.header"],
): string =>
  `${part} ${OBJECT[problem]}${member === null ? "" : `: ${quoted(member)}`}`;

/** What a request must carry: AWS wants a signature, and beside a temporary key a header. */
const due = (scheme: string): string =>
  scheme.startsWith("AWS4-")
    ? `eine Signatur nach ${untrusted(scheme)}, gefunden: keine`
    : scheme.startsWith("X-Amz-")
      ? `der Header oder Parameter ${untrusted(scheme)}, gefunden: keiner`
      : `ein Token mit dem Schema ${untrusted(scheme)} im Header Authorization, gefunden: keines`;

/** What the steps request and format find. */
export const FORMAT_FINDINGS: Say<"request"> & Say<"format"> = {
  "request.token_missing": ({ scheme, headers }) =>
    headers.length === 0
      ? `erwartet: ${due(scheme)}`
      : `erwartet: ${due(scheme)}; vorhandene Header: ${names(headers)}`,
  "request.scheme_unsupported": ({ expected, found }) =>
    `erwartet: das Schema ${quoted(expected)}, gefunden: ${found === null ? "kein Schema" : quoted(found)}`,
  "request.header_malformed": ({ words }) =>
    `erwartet: ein Wort nach dem Schema, gefunden: ${figure(words)}`,
  "request.token_repeated": ({ places }) =>
    `erwartet: ein Token, gefunden: ${figure(places.length)} (${cutAnd(places.map(phrase))})`,
  "request.transport_insecure": ({ host }) =>
    `die Anfrage ging ohne TLS an ${quoted(host)}`,
  "format.empty": ({ length }) =>
    length === 0
      ? "das Token hat keine Zeichen"
      : `das Token besteht nur aus Leerraum (${figure(length)} Zeichen)`,
  "format.not_jwt": ({ looksLike, dots }) =>
    `erwartet: ein JWT, gefunden: ${phrase(looksLike)}${dots === 0 ? "" : ` mit ${counted(dots, "Punkt", "Punkten")}`}`,
  "format.segments": ({ found, expected }) =>
    `erwartet: ${expected.map(figure).join(" oder ")} Teile zwischen Punkten, gefunden: ${figure(found)}`,
  "format.encoding": ({ segment, position, problem, character }) =>
    `${SEGMENTS[segment]} hat ${ENCODING[problem]}, bei Zeichen ${figure(position + 1)}${character === null ? "" : `: ${quoted(character)}`}`,
  "format.header": (evidence) => object("der Header", evidence),
  "format.payload": (evidence) => object("die Payload", evidence),
  "format.claim_type": ({ claim, expected, found }) =>
    `Claim ${quoted(claim)}: erwartet: ${phrase(expected)}, gefunden: ${phrase(found)}`,
  "format.encrypted": ({ alg, enc, problem }) => {
    const declared = [alg, enc].filter((name) => name !== null).map(untrusted);
    return `${ENCRYPTED[problem]}${declared.length === 0 ? "" : ` (${declared.join(", ")})`}`;
  },
  "format.critical": ({ problem, member }) =>
    `${CRITICAL[problem]}${member === null ? "" : `: ${quoted(member)}`}`,
  "format.type": ({ expected, found, by }) =>
    `erwartet: ${kind(expected)}, gefunden: ${kind(found)} (Merkmal: ${phrase(by)})`,
  "format.too_large": ({ what, limit, found }) =>
    limit === null
      ? `eine Grenze auf dem Weg ist überschritten, mit ${figure(found)} ${TOO_LARGE[what]}`
      : `höchstens ${figure(limit)} ${TOO_LARGE[what]}, gefunden: ${figure(found)}`,
};

const KINDS: Readonly<Record<string, string>> = {
  access_token: "ein Access-Token",
  id_token: "ein ID-Token",
  refresh_token: "ein Refresh-Token",
  client_assertion: "eine Client-Assertion",
  dpop_proof: "ein DPoP-Proof",
  logout_token: "ein Logout-Token",
  other: "eine andere Art von Token",
};

/** A name may be a stranger's, and be one that every object has. */
const kind = (name: string): string =>
  (Object.hasOwn(KINDS, name) ? KINDS[name] : null) ?? phrase(name);
