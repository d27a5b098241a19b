import {
  importKey,
  importSecret,
  isSymmetric,
  readJwk,
  type Jwk,
  type Key,
} from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { suspectForgery } from "./forged.ts";
import { base64Of, lenientBase64 } from "./lenient-base64.ts";
import { comesOut, type Signed } from "./signed.ts";
import { isStranger } from "./strange-address.ts";

/** A key that the token brings along itself: jwk, x5c, jku, x5u, and a kid that is a command (RFC 8725 section 3.10). True: it is proven. */
export async function explainBroughtKey(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  // A DPoP proof and its like rightly carry their key: they are another kind of token.
  if (
    typeof s.header["typ"] === "string" &&
    /(dpop|kb)\+jwt$/i.test(s.header["typ"])
  )
    return false;
  if (await embeddedKey(i, s)) return true;
  if (await keyAtAddress(i, s)) return true;
  return commandInKid(i, s);
}

async function embeddedKey(i: Investigation, s: Signed): Promise<boolean> {
  const { jwk, x5c } = s.header;
  if (typeof jwk === "object" && jwk !== null) {
    const key = readJwk(jwk as Jwk);
    if (isKnown(i, key)) return false;
    const shown = await comesOut(i, s, { key });
    suspectForgery(
      i,
      shown
        ? "it was signed with a key that it brings along itself in jwk"
        : "it brings a key of its own in jwk",
      shown ? "certain" : "possible",
    );
    return shown;
  }
  const certificate =
    Array.isArray(x5c) && typeof x5c[0] === "string" ? x5c[0] : null;
  const key = certificate === null ? null : keyOf(lenientBase64(certificate));
  if (!key || isKnown(i, key) || !(await comesOut(i, s, { key }))) return false;
  // Some issuers send their certificate along: only a chain to a known root would tell.
  suspectForgery(
    i,
    "it was signed with the key of a certificate that it brings along itself in x5c",
    "likely",
  );
  i.wouldTell(
    "the issuer's certificates would tell whether the one in x5c is its own",
  );
  return false;
}

/** The verifier holds the same key: what the token brings along is no stranger's. */
function isKnown({ keys }: Investigation, key: Key): boolean {
  const { n, x } = key.reveal();
  return (
    keys?.keys.some(
      (held) =>
        held.kty === key.kty &&
        held.reveal()["n"] === n &&
        held.reveal()["x"] === x,
    ) ?? false
  );
}

function keyOf(der: Uint8Array): Key | null {
  try {
    return importKey(der);
  } catch {
    return null;
  }
}

async function keyAtAddress(i: Investigation, s: Signed): Promise<boolean> {
  for (const member of ["jku", "x5u"] as const) {
    const url = s.header[member];
    if (typeof url !== "string" || !isStranger(i, url)) continue;
    const body = i.context.documents?.[url]?.body;
    const shown =
      body !== undefined && (await verifiesWithDocument(i, s, body));
    suspectForgery(
      i,
      `${member} points to a server that is not the issuer's`,
      shown ? "certain" : "likely",
    );
    return shown;
  }
  return false;
}

async function verifiesWithDocument(
  i: Investigation,
  s: Signed,
  body: string,
): Promise<boolean> {
  try {
    const { keys } = JSON.parse(body) as { keys?: unknown };
    for (const jwk of Array.isArray(keys) ? keys.slice(0, 8) : [])
      if (await comesOut(i, s, { key: readJwk(jwk as Jwk) })) return true;
  } catch {
    return false;
  }
  return false;
}

/** A kid is a name. As a path, a query or a command it is meant for a verifier that looks keys up carelessly. */
const COMMAND =
  /(^|[/\\])\.\.[/\\]|^\/(dev|proc|etc|sys)\/|\0|%00|%2e%2e|["']\s*(or|and|union|;|--)|\bunion\s+(all\s+)?select\b|--\s*$|\$\(|`|[|;&]\s*(sleep|cat|curl|wget|nc|bash|sh|ping|id)\b|^file:|<script|\$\{jndi:/i;

async function commandInKid(i: Investigation, s: Signed): Promise<boolean> {
  if (s.kid === null || !COMMAND.test(s.kid)) return false;
  suspectForgery(
    i,
    "kid is a path, a query or a command in place of a name",
    "likely",
    50,
  );
  if (!isSymmetric(s.alg)) return false;
  // What an empty file, a NUL byte, or a constant in a query would have given as the secret.
  const constants = [...s.kid.matchAll(/select\s+["']([^"']{1,64})["']/gi)].map(
    (match) => new TextEncoder().encode(match[1]),
  );
  for (const bytes of [
    new Uint8Array(1),
    new TextEncoder().encode("k"),
    ...constants,
    new TextEncoder().encode(base64Of(new Uint8Array(1))),
  ]) {
    if (!(await comesOut(i, s, { key: importSecret(bytes) }))) continue;
    suspectForgery(
      i,
      "kid is a path, a query or a command, and the token is signed with what that would give",
      "certain",
      60,
    );
    return true;
  }
  return false;
}
