/** What the token and a pasted inquiry let one suppose of the API's expectations. */
import type { InquiryPolicy } from "@assay/diagnosis";
import { evidentKind, type Claims, type JoseHeader } from "@assay/token";
import type { Judged } from "../worker/question.ts";

export interface Supposition {
  readonly value: string;
  /** "token": a guess, which checks nothing until it is taken over. "inquiry": what was pasted says so, and it is checked. */
  readonly from: "token" | "inquiry";
}

export type Suppositions = Readonly<
  Partial<
    Record<
      | "keys"
      | "issuer"
      | "audience"
      | "scopes"
      | "kind"
      | "algorithms"
      | "tolerance",
      Supposition
    >
  >
>;

/**
 * Threat: a token that says for itself what is expected of it would always be right. So a guess is shown as a guess and is no part of
 * the policy.
 */
export function suppositions({ diagnosis, given }: Judged): Suppositions {
  const { token } = diagnosis;
  const claims = token.claims as Claims | null;
  const brought = {
    keys: inquired(keysIn(given)),
    issuer: inquired(given.issuer),
    audience: inquired(given.audience),
    scopes: inquired(given.scopes),
    algorithms: inquired(given.algorithms),
    kind: inquired(given.kind),
    tolerance: inquired(given.clockTolerance?.toString()),
  };
  return compact({
    ...brought,
    issuer: brought.issuer ?? guessed(claims?.iss),
    audience: brought.audience ?? guessed(claims?.aud),
    kind: brought.kind ?? guessedKind(token.header, claims),
  });
}

/** Which keys an inquiry brings along, by the names of its members: keys themselves are not written out anew. */
const keysIn = (given: InquiryPolicy): readonly string[] =>
  (["keys", "jwksUri", "publicKey", "secret"] as const).filter(
    (name) => given[name] !== undefined,
  );

const KINDS: readonly string[] = ["id_token", "client_assertion"];

/** An access token is what is due anyway. */
function guessedKind(
  header: object | null,
  claims: Claims | null,
): Supposition | undefined {
  if (!header || !claims) return undefined;
  const due: InquiryPolicy["kind"] = "access_token";
  const [kind] = evidentKind(header as JoseHeader, claims, due);
  return KINDS.includes(kind) ? { value: kind, from: "token" } : undefined;
}

function guessed(value: unknown): Supposition | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((item) => typeof item === "string" && item !== "");
  return texts.length === 0 || texts.length < list.length
    ? undefined
    : { value: texts.join(" ").slice(0, 2000), from: "token" };
}

function inquired(
  value: string | readonly string[] | null | undefined,
): Supposition | undefined {
  const text = typeof value === "string" ? value : (value ?? []).join(" ");
  return text === "" ? undefined : { value: text, from: "inquiry" };
}

const compact = <T extends object>(
  members: T,
): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
