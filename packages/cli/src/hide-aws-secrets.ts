/**
 * Takes this machine's AWS secrets out of a diagnosis. Threat: a diagnosis shows key ids, and people put the secret where the
 * key id belongs, or both on one line.
 */
import { readIniFile, type Inquiry } from "@assay/diagnosis";

/** Shorter ones are words such as “test”, which stand in many a sentence. In characters. */
const SHORTEST = 16;
/** A secret of AWS has 40 characters, a session token hundreds; a key id has 20. */
const NO_KEY_ID = /^[A-Za-z0-9/+]{32,}$/;

/** The same value, with each secret of `context.aws` replaced by its length, wherever a text has it. */
export function hideAwsSecrets<T>(value: T, { context }: Inquiry): T {
  const secrets = secretsOf(context?.aws ?? {});
  const hidden = (text: string): string =>
    secrets.reduce(
      (rest, secret) =>
        rest.replaceAll(secret, `(a secret of ${secret.length} characters)`),
      text,
    );
  const walk = (each: unknown): unknown => {
    if (typeof each === "string") return hidden(each);
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(
      Object.entries(each).map(([name, member]) => [name, walk(member)]),
    );
  };
  return secrets.length === 0 ? value : (walk(value) as T);
}

/** The longest first: one may be a part of another. */
function secretsOf(aws: Readonly<Record<string, unknown>>): readonly string[] {
  const files = ["credentialsFile", "configFile"].flatMap((name) =>
    [...readIniFile((aws[name] ?? "") as string).values()].flatMap(
      ({ settings }) =>
        [...settings].map(([key, { raw }]) => [key, raw] as const),
    ),
  );
  const variables = Object.entries(
    (aws["environment"] ?? {}) as Readonly<Record<string, string>>,
  );
  const found = [...files, ...variables].flatMap(([name, value]) =>
    value.split(/[\s="'#;,]+/).filter((part) => isSecret(name, part)),
  );
  return [...new Set(found)].toSorted((a, b) => b.length - a.length);
}

const isSecret = (name: string, part: string): boolean =>
  (/secret|token|password/i.test(name) &&
    !/_file$|_expir/i.test(name) &&
    part.length >= SHORTEST &&
    !/^A[KS]IA[A-Z0-9]{16}$/.test(part)) ||
  (/access_?key/i.test(name) && NO_KEY_ID.test(part));
