/** Reads a key file as what a verifier would be configured with, or as a key to sign with. */
import type { InquiryPolicy, Jwks } from "@assay/diagnosis";
import { exportKey, importKey, type Jwk, type Key } from "@assay/token";
import { parseJson, readTextFile } from "./read-text.ts";
import { UsageError } from "./usage-error.ts";

/** The policy that a key file stands for: a JWK or JWK Set gives keys (private parts are left behind), a shared one a secret, other text is taken as it is. */
export async function readVerifyingKey(
  path: string,
): Promise<
  Pick<InquiryPolicy, "keys" | "publicKey" | "secret" | "secretEncoding">
> {
  const text = await readTextFile(path, "--key");
  if (!text.trimStart().startsWith("{")) return { publicKey: text.trimEnd() };
  const value = parseJson(
    text,
    `--key: expected a PEM or a JWK, found text that is neither in ${path}`,
  ) as Jwk & Partial<Jwks>;
  if (Array.isArray(value.keys))
    return { keys: { keys: value.keys.map(publicPart) } };
  if (value["kty"] === "oct" && typeof value["k"] === "string")
    return { secret: value["k"], secretEncoding: "base64url" };
  return { keys: { keys: [publicPart(value)] } };
}

/** A key that cannot be read is left as it is: saying so is the diagnosis's work. */
function publicPart(
  jwk: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  try {
    return jwk["kty"] === "oct"
      ? jwk
      : exportKey(importKey(jwk), { secret: false });
  } catch {
    return jwk;
  }
}

/** A JWK Set, or a single JWK as a set of one. */
export function asJwks(value: unknown, flag: string): Jwks {
  const object = value as Partial<Jwks> & Record<string, unknown>;
  if (typeof value === "object" && value !== null && Array.isArray(object.keys))
    return object as Jwks;
  if (
    typeof value === "object" &&
    value !== null &&
    typeof object["kty"] === "string"
  )
    return { keys: [object] };
  throw new UsageError(
    `${flag}: expected a JWK Set, an object with an array “keys”, found another JSON value`,
  );
}

/** The key to sign with: a private JWK or PEM. */
export async function readSigningKey(
  path: string,
  settings: { readonly kid?: string; readonly alg?: string },
  flag = "--key",
): Promise<Key> {
  const text = await readTextFile(path, flag);
  const failure = `${flag}: expected a private key as JWK or PEM, found something else in ${path}`;
  const material = text.trimStart().startsWith("{")
    ? (parseJson(text, failure) as Jwk)
    : text;
  let key: Key;
  try {
    key = importKey(material, settings);
  } catch (error) {
    throw new UsageError(
      `${failure}: ${error instanceof Error ? error.message : "it cannot be read"}`,
      "assay keygen ES256 --out key.json",
    );
  }
  if (!key.isPrivate && key.kty !== "oct") {
    throw new UsageError(
      `${flag}: expected a private key, found a public one in ${path}`,
      "assay keygen ES256 --out key.json",
    );
  }
  return key;
}
