import type { Investigation } from "../investigation.ts";
import { readMetadata } from "../verifier-keys.ts";
import { readIssuerAddress, type IssuerAddress } from "./issuer-address.ts";
import type { IssuerCause } from "./issuer-cause.ts";
import {
  issuerDifference,
  type IssuerDifference,
} from "./issuer-difference.ts";

/** How near two issuers are to each other: with several expected, the nearest is the one that was meant. */
const NEARNESS: readonly IssuerCause[] = [
  "issuer.trailing_slash",
  "issuer.case",
  "issuer.scheme",
  "issuer.version",
  "issuer.environment",
  "issuer.host_alias",
  "issuer.tenant",
  "issuer.other",
];

/** Causes of a refused iss: what tells the found issuer from the nearest expected one. */
export function detectIssuer(i: Investigation): void {
  if (i.found("issuer.missing")) detectMissing(i);
  const mismatch = i.found("issuer.mismatch");
  if (!mismatch) return;
  const { found } = mismatch;
  // A token that nobody has seen may well have one.
  if (found.trim() === "" && i.token !== null)
    i.suspect("claim.absent", {
      confidence: "likely",
      facts: { claim: "iss" },
      explains: ["issuer.mismatch"],
      weight: 1,
    });
  const expected = (
    mismatch.expected.length > 0 ? mismatch.expected : advertisedIssuers(i)
  )
    .filter((issuer) => issuer !== found)
    .slice(0, 20);
  // Where only the server's words are known, they may tell what was expected and not what was found.
  if (found.trim() === "" && i.token === null && !i.inquiry.request) return;
  const [nearest] = expected
    .map((issuer) => ({ issuer, ...issuerDifference(issuer, found) }))
    .toSorted((a, b) => distance(a) - distance(b));
  if (!nearest) {
    i.wouldTell(
      "the issuer that the verifier expects would tell how the token's differs from it",
    );
    if (mismatch.expected.length === 0)
      suspect(i, "issuer.other", { expected: "", found }, false, -2);
    return;
  }
  nearest.causes.forEach((cause, rank) =>
    suspect(
      i,
      cause,
      {
        expected: nearest.issuer,
        found,
        ...(cause === "issuer.tenant" && { placeholder: nearest.placeholder }),
      },
      rank === 0 && nearest.exact,
      -rank,
    ),
  );
}

const distance = ({ causes, placeholder }: IssuerDifference): number =>
  placeholder ? 3.5 : NEARNESS.indexOf(causes[0] ?? "issuer.other");

function suspect(
  i: Investigation,
  cause: IssuerCause,
  facts: { expected: string; found: string; placeholder?: boolean },
  exact: boolean,
  weight: number,
): void {
  // What a server's words say of two values is no computation over a token.
  const confidence =
    exact && i.token !== null
      ? "certain"
      : weight === 0
        ? "likely"
        : "possible";
  const pair = {
    expected: facts.expected.slice(0, 300),
    found: facts.found.slice(0, 300),
  };
  const rest = { confidence, explains: ["issuer.mismatch"], weight } as const;
  const ours = readIssuerAddress(facts.expected);
  const theirs = readIssuerAddress(facts.found);
  if (cause === "issuer.tenant")
    i.suspect(cause, {
      ...rest,
      facts: {
        ...pair,
        placeholder: facts.placeholder ?? false,
        sameHost:
          ours.host !== null &&
          ours.host === theirs.host &&
          ours.port === theirs.port,
      },
    });
  else if (cause === "issuer.scheme")
    i.suspect(cause, {
      ...rest,
      facts: {
        ...pair,
        missing: (ours.scheme === null) !== (theirs.scheme === null),
      },
    });
  else if (cause === "issuer.host_alias")
    i.suspect(cause, {
      ...rest,
      facts: { ...pair, paths: pathsOf(ours, theirs) },
    });
  else i.suspect(cause, { ...rest, facts: pair });
}

function pathsOf(
  ours: IssuerAddress,
  theirs: IssuerAddress,
): "same" | "prefixed" | "other" {
  if (ours.host === null || theirs.host === null) return "other";
  if (ours.path === theirs.path) return "same";
  const prefixed =
    ours.path !== "" &&
    theirs.path !== "" &&
    (ours.path.endsWith(theirs.path) || theirs.path.endsWith(ours.path));
  return prefixed ? "prefixed" : "other";
}

/** No iss at all: whoever made the token left it out, or wrote it under another name. */
function detectMissing(i: Investigation): void {
  const other = Object.keys(i.token?.claims ?? {}).find((name) =>
    /^(?:issuer|iss)$/i.test(name),
  );
  if (other !== undefined)
    i.suspect("claim.shape", {
      confidence: "likely",
      facts: { claim: "iss", expected: "iss", found: other },
      explains: ["issuer.missing"],
      weight: 1,
    });
  i.suspect("claim.absent", {
    confidence: "likely",
    facts: { claim: "iss" },
    explains: ["issuer.missing"],
  });
}

/** The issuers whose metadata was handed in: where the policy is not known, they are what the verifier can have meant. */
const advertisedIssuers = (i: Investigation): readonly string[] =>
  Object.values(i.context.documents ?? {}).flatMap(
    ({ body }) => readMetadata(body)?.issuer ?? [],
  );
