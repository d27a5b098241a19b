import type { Case } from "../case.ts";
import { chain } from "../crypto/chain.ts";
import type { MaybePromise } from "../crypto/platform.ts";
import type { SchemaResult, StandardSchema } from "../standard-schema.ts";
import type { Claims, JoseHeader } from "../token.ts";
import { finding, type Verdict } from "../verdict.ts";

/** The last word on an otherwise accepted token: the caller's own schema for the claims. A mismatch belongs to the step audience. */
export function checkSchema<C>(
  token: Case,
  schema: StandardSchema<unknown, C> | undefined,
): MaybePromise<Verdict<C>> {
  const header = token.header as JoseHeader;
  const claims = token.claims as Claims;
  const accepted = (value: unknown): Verdict<C> => ({
    outcome: "accepted",
    token: { trusted: true, header, claims: value as Claims & C },
  });
  if (!schema) return accepted(claims);
  const settle = (result: SchemaResult<C>): Verdict<C> => {
    if (!result.issues) return accepted({ ...claims, ...result.value });
    const [issue] = result.issues;
    const claim = (issue?.path ?? [])
      .map((part) => String(typeof part === "object" ? part.key : part))
      .join(".");
    const found = finding("audience.claim_mismatch", {
      claim,
      expected: issue?.message ?? "",
      found: claims[claim.split(".")[0] ?? ""],
    });
    return { outcome: "rejected", step: "audience", ...found };
  };
  return chain(schema["~standard"].validate(claims), settle);
}
