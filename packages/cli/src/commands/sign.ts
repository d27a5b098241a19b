/** assay sign: makes a signed token from claims in JSON. */
import {
  isAlgorithm,
  importSecret,
  sign as signToken,
  type Key,
} from "@assay/token";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { readSigningKey } from "../read-key.ts";
import { readSecret, type SecretFlags } from "../read-secret.ts";
import { parseJson, readWords } from "../read-text.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface SignFlags extends SecretFlags {
  readonly key?: string;
  readonly secretEncoding?: "utf8" | "base64" | "base64url" | "hex";
  readonly alg?: string;
  readonly kid?: string;
  readonly typ?: string;
  readonly lifetime?: number;
}

const EXAMPLE = "assay sign claims.json --key key.json";

export async function sign(
  words: readonly string[],
  flags: SignFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const key = await readKey(flags, terminal);
  const alg = flags.alg ?? key.alg;
  if (alg === null || !isAlgorithm(alg)) {
    throw new UsageError(
      `--alg: expected an algorithm that the key does not name, found ${alg === null ? "none" : `“${alg.slice(0, 40)}”`}`,
      `${EXAMPLE} --alg ES256`,
    );
  }
  const claims = readClaims(await readWords(words, "sign"), flags.lifetime);
  try {
    const header = {
      ...(flags.kid !== undefined && { kid: flags.kid }),
      ...(flags.typ !== undefined && { typ: flags.typ }),
    };
    await terminal.write(`${await signToken(claims, key, { alg, header })}\n`);
  } catch (error) {
    throw new UsageError(
      `expected a key that can sign with ${alg}, found one that cannot: ${error instanceof Error ? error.message : "unknown error"}`,
    );
  }
  return EXIT.accepted;
}

async function readKey(
  { key, alg, kid, secretEncoding, ...flags }: SignFlags,
  terminal: Terminal,
): Promise<Key> {
  const secret = await readSecret(flags, terminal);
  if ((secret === null) === (key === undefined))
    throw new UsageError(
      "expected a key to sign with, --key or --secret-file, found " +
        (key ? "both" : "none"),
      EXAMPLE,
    );
  if (secret !== null)
    return importSecret(secret, { encoding: secretEncoding ?? "utf8" });
  return readSigningKey(key as string, {
    ...(alg !== undefined && { alg }),
    ...(kid !== undefined && { kid }),
  });
}

/** With a lifetime, iat is now unless the claims say otherwise, and exp lies that many seconds later. */
function readClaims(
  text: string,
  lifetime: number | undefined,
): Readonly<Record<string, unknown>> {
  const claims = parseJson(
    text,
    "expected the claims as a JSON object, found text that is not JSON",
  );
  if (typeof claims !== "object" || claims === null || Array.isArray(claims))
    throw new UsageError(
      "expected the claims as a JSON object, found another JSON value",
      EXAMPLE,
    );
  if (lifetime === undefined) return claims as Record<string, unknown>;
  const { iat = Math.floor(Date.now() / 1000) } = claims as { iat?: unknown };
  if (typeof iat !== "number")
    throw new UsageError(
      "--lifetime: expected iat to be a number, found another JSON value",
    );
  return { ...claims, iat, exp: iat + lifetime };
}
