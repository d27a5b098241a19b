import { importSecret, isSymmetric, type Key } from "@assay/token";
import type { SecretEncoding } from "../inquiry.ts";
import type { Investigation } from "../investigation.ts";
import { specialCharacter } from "./secret-interpolations.ts";
import { configuredBytes, readingsOf } from "./secret-readings.ts";
import { comesOut, type Signed } from "./signed.ts";

/** A longer text is no secret that a person put into a configuration, and each reading of it would cost time. */
const LONGEST = 1024;

interface Configured {
  readonly text: string;
  readonly encoding: SecretEncoding;
}

/**
 * The shared secret, read in every way in which it can have been meant: with the right one the signature comes out. True: it did.
 */
export async function explainSecret(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  // A secret that is right as it stands is only too short.
  if (!isSymmetric(s.alg) || (await secretIsRight(i, s))) return false;
  for (const { text, encoding } of configuredSecrets(i)) {
    if (text.length > LONGEST) continue;
    for (const { cause, facts, bytes } of readingsOf(text, encoding)) {
      if (!(await comesOut(i, s, { key: importSecret(bytes) }))) continue;
      i.suspect(cause, {
        confidence: "certain",
        facts,
        explains: [
          "signature.mismatch",
          "signature.key_unsuitable",
          "signature.key_not_found",
        ],
      });
      return true;
    }
    suspectByLook(i, text);
  }
  return false;
}

/** Whether the secret as it stands makes the signature, even one that is too short to be used. */
export async function secretIsRight(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  for (const { text, encoding } of configuredSecrets(i)) {
    const bytes = configuredBytes(text, encoding);
    if (
      bytes.length > 0 &&
      (await comesOut(i, s, { key: importSecret(bytes) }))
    )
      return true;
  }
  return false;
}

/** The secret of the configuration, and those that stand in a key set: there k is base64url (RFC 7518 section 6.4.1). */
function configuredSecrets({
  policy,
  keys,
}: Investigation): readonly Configured[] {
  const inSet =
    policy.secret === undefined
      ? (keys?.keys ?? []).flatMap((key) => textOfSecret(key))
      : [];
  return [
    ...(policy.secret === undefined
      ? []
      : [{ text: policy.secret, encoding: policy.secretEncoding ?? "utf8" }]),
    ...inSet,
  ];
}

function textOfSecret(key: Key): Configured[] {
  const { k } = key.reveal();
  return key.kty === "oct" && typeof k === "string" && k !== ""
    ? [{ text: k, encoding: "base64url" }]
    : [];
}

/** What the text itself shows, where no reading of it verifies: evidence, and no proof. */
function suspectByLook(i: Investigation, text: string): void {
  const explains = ["signature.mismatch", "signature.key_unsuitable"] as const;
  if (PLACEHOLDER.test(text.trim())) {
    i.suspect("verifier.not_configured", {
      confidence: "likely",
      facts: { setting: "the shared secret: a placeholder stands there" },
      explains,
    });
  } else if (/^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(text.trim())) {
    i.suspect("key.wrong_form", {
      confidence: "likely",
      facts: {
        found: "a token",
        expected: "the secret that signs tokens",
        isPrivate: false,
      },
      explains,
    });
  } else if (text.trim() !== text || /^(["'`]).*\1$/s.test(text)) {
    const what =
      text.trim() === text ? "quotation marks" : "white space around it";
    i.suspect("key.secret_whitespace", {
      confidence: "possible",
      facts: { what, side: "verifier" },
      explains,
      weight: 2,
    });
  }
  const special = specialCharacter(text);
  if (special === "$")
    i.suspect("key.secret_interpolated", {
      confidence: "possible",
      facts: {
        character: "$",
        form: "a name after it may have been replaced by its value",
      },
      explains,
      weight: 1,
    });
}

/** A variable that nobody filled in, or a word that stands for one. */
const PLACEHOLDER =
  /^(\$\{[^{}]*\}|\$[A-Z_][A-Z0-9_]*|\{\{[^{}]*\}\}|%[A-Z_][A-Z0-9_]*%|<[^<>]*>|process\.env\.\w+|os\.environ.*|undefined|null|none|nil|false|true|nan|\[object Object\]|changeme|change[-_ ]me|todo|xxx+)$/i;
