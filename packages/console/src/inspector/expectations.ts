import type { InquiryPolicy } from "@assay/diagnosis";

/** What the API expects, as the form holds it: text, empty where nothing is said. */
export interface Expectations {
  readonly kind: "access_token" | "id_token" | "client_assertion" | "any";
  readonly issuer: string;
  readonly audience: string;
  readonly scopes: string;
  readonly algorithms: string;
  readonly keys: string;
  readonly keyForm: "jwks" | "pem" | "secret";
  readonly secretEncoding: "utf8" | "base64" | "base64url" | "hex";
  /** Seconds. */
  readonly tolerance: string;
  /** Local date and time, or empty for now. */
  readonly now: string;
}

export const NOTHING_EXPECTED: Expectations = {
  kind: "access_token",
  issuer: "",
  audience: "",
  scopes: "",
  algorithms: "",
  keys: "",
  keyForm: "jwks",
  secretEncoding: "utf8",
  tolerance: "",
  now: "",
};

const words = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** The form as a policy: what is empty is not asked. Key material that cannot be read as its form says is reported, not guessed. */
export function policyOf(form: Expectations): { readonly policy: InquiryPolicy; readonly keysProblem: string | null } {
  const { keys, keyForm } = form;
  const jwks = keyForm === "jwks" && keys.trim() !== "" ? readJwks(keys) : null;
  const algorithms = words(form.algorithms);
  const tolerance = Number(form.tolerance);
  const policy: InquiryPolicy = {
    kind: form.kind,
    ...(form.issuer.trim() && { issuer: words(form.issuer) }),
    ...(form.audience.trim() && { audience: words(form.audience) }),
    ...(form.scopes.trim() && { scopes: words(form.scopes) }),
    ...(algorithms.length > 0 && { algorithms }),
    ...(tolerance > 0 && { clockTolerance: tolerance }),
    ...(jwks && "keys" in jwks && { keys: jwks }),
    ...(keyForm === "pem" && keys && { publicKey: keys }),
    ...(keyForm === "secret" && keys && { secret: keys, secretEncoding: form.secretEncoding }),
  };
  return { policy, keysProblem: jwks && "problem" in jwks ? jwks.problem : null };
}

type Jwks = { readonly keys: readonly Record<string, unknown>[] };

/** A JWK Set, or one JWK taken for a set of one. */
function readJwks(text: string): Jwks | { readonly problem: string } {
  try {
    const value = JSON.parse(text) as Partial<Jwks> & Record<string, unknown>;
    if (Array.isArray(value.keys)) return { keys: value.keys };
    if (typeof value["kty"] === "string") return { keys: [value] };
    return { problem: 'Expected a JWK Set, {"keys": […]}, or one JWK; found another JSON document.' };
  } catch {
    return { problem: "Expected a JWK Set in JSON; this text is no JSON." };
  }
}

/** The clock of the form, in milliseconds since the epoch; null: the machine's. */
export function clockOf(form: Expectations): number | null {
  const time = Date.parse(form.now);
  return Number.isNaN(time) ? null : time;
}

/** What the token itself says of issuer and audience: a guess at what the API expects, never a check. */
export function guess(claims: object | null, name: "iss" | "aud" | "scope"): string {
  const value = (claims as Record<string, unknown> | null)?.[name];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === "string").join(" ");
}
