import type { Investigation } from "../investigation.ts";

/** A host that neither the policy names nor the issuer in it. An address that only looks like theirs (user@, another port) is a stranger's. */
export function isStranger({ policy }: Investigation, url: string): boolean {
  const issuers =
    typeof policy.issuer === "string" ? [policy.issuer] : (policy.issuer ?? []);
  const known = [...issuers, policy.jwksUri].flatMap((text) =>
    text === undefined ? [] : (originOf(text) ?? []),
  );
  const origin = originOf(url);
  return (
    origin === null ||
    url.includes("@") ||
    (known.length > 0 && !known.includes(origin))
  );
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}
