/** The texts under which a public key lies about: what an attacker, or a careless library, would feed to HMAC (RFC 8725 section 3.1). */
import { platform, thumbprintInput, type Key } from "@assay/token";
import { base64Of } from "./lenient-base64.ts";
import { pkcs1Of, spkiOf } from "./spki.ts";

export interface PublicKeyText {
  readonly bytes: Uint8Array;
  readonly name: string;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Likeliest first. `configured`: the key's text as the configuration has it. */
export function* publicKeyTexts(
  key: Key,
  configured: string | undefined,
): Generator<PublicKeyText> {
  if (configured !== undefined)
    for (const text of lineEnds(configured))
      yield { bytes: utf8(text), name: "the public key's PEM text" };
  const jwk = key.reveal();
  const spki = spkiOf(key);
  if (spki) {
    for (const width of [64, 76, 65536])
      for (const text of lineEnds(pem(spki, "PUBLIC KEY", width)))
        yield { bytes: utf8(text), name: "the public key's PEM text" };
    yield { bytes: spki, name: "the public key's DER bytes" };
    yield { bytes: utf8(base64Of(spki)), name: "the public key's base64 text" };
  }
  const pkcs1 = pkcs1Of(key);
  if (pkcs1) {
    for (const text of lineEnds(pem(pkcs1, "RSA PUBLIC KEY", 64)))
      yield { bytes: utf8(text), name: "the public key's PKCS#1 PEM text" };
    yield { bytes: pkcs1, name: "the public key's PKCS#1 DER bytes" };
  }
  if (key.kty === "oct" || key.kty === "") return;
  yield { bytes: utf8(JSON.stringify(jwk)), name: "the public key's JWK text" };
  yield {
    bytes: utf8(JSON.stringify({ keys: [jwk] })),
    name: "the text of the key set",
  };
  yield {
    bytes: utf8(thumbprintInput(jwk)),
    name: "the public key's JWK text",
  };
  for (const member of ["n", "x", "pub"]) {
    const value = jwk[member];
    if (typeof value !== "string") continue;
    yield {
      bytes: platform.decodeBase64url(value) ?? new Uint8Array(),
      name: `the bytes of the public key's member ${member}`,
    };
    yield {
      bytes: utf8(value),
      name: `the text of the public key's member ${member}`,
    };
  }
  const x5c = jwk["x5c"];
  for (const certificate of Array.isArray(x5c) ? x5c.slice(0, 2) : []) {
    if (typeof certificate !== "string") continue;
    const der = platform.decodeBase64url(
      certificate.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_"),
    );
    yield { bytes: utf8(certificate), name: "the text of the certificate" };
    if (!der) continue;
    yield { bytes: der, name: "the bytes of the certificate" };
    for (const text of lineEnds(pem(der, "CERTIFICATE", 64)))
      yield { bytes: utf8(text), name: "the certificate's PEM text" };
  }
}

/** With, without, and with other line ends. */
function lineEnds(text: string): readonly string[] {
  const bare = text.replaceAll("\r\n", "\n").replace(/\n+$/, "");
  return [
    ...new Set([
      text,
      bare,
      `${bare}\n`,
      bare.replaceAll("\n", "\r\n"),
      `${bare.replaceAll("\n", "\r\n")}\r\n`,
      bare.replaceAll("\n", "\\n"),
      bare.replaceAll("\n", ""),
      `${bare}\n\n`,
    ]),
  ];
}

function pem(der: Uint8Array, label: string, width: number): string {
  const lines = base64Of(der).replace(
    new RegExp(`.{${width}}(?!$)`, "g"),
    "$&\n",
  );
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
