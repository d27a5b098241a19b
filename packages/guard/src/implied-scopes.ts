/** A hierarchy of scopes: who has a broader one has the narrower ones that it stands for. */
import { judgeDemands, type Claims, type DemandContext } from "@assay/token";
import { checkDemands, type Demands } from "./demands.ts";

/** By the broader scope, those that it stands for. What these stand for in turn has to be named too. */
export type ImpliedScopes = Readonly<Record<string, readonly string[]>>;

/** What is left of demands when the scopes are left out that the token has by a broader one. */
export type Reduce = (demands: Demands, claims: Claims) => Demands;

/** Throws TypeError for a hierarchy of a wrong form. */
export function reduceBy(
  implied: ImpliedScopes,
  context: DemandContext,
): Reduce {
  for (const scopes of Object.values(implied)) checkDemands({ scopes });
  const broader = (scope: string): readonly string[] =>
    Object.keys(implied).filter((one) => implied[one]?.includes(scope));
  return (demands, claims) => {
    const { scopes } = demands;
    if (!scopes?.length) return demands;
    const has = (scope: string): boolean =>
      judgeDemands(claims, { scopes: [scope] }, context, 0).length === 0;
    return {
      ...demands,
      scopes: scopes.filter((scope) => !broader(scope).some(has)),
    };
  };
}
