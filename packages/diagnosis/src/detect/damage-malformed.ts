/** Whoever made the token broke its form, or made more of it than anybody takes. Only what no repair explains comes here. */
import type { Evidence } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { reasonsIn } from "./found-reasons.ts";

/** Claims of a JWT in crit are a misunderstanding, and no extension; an unencoded payload is forbidden in a JWT (RFC 7797 section 7). */
const NO_EXTENSIONS = [
  "b64",
  "exp",
  "nbf",
  "iat",
  "iss",
  "sub",
  "aud",
  "jti",
  "scope",
  "nonce",
];
/** Time claims of the wrong type have a cause of their own. */
const TIMES = ["exp", "nbf", "iat"];

/** `recognised`: something else stands in the token's place, so that its parts say nothing. */
export function detectMalformed(i: Investigation, recognised: boolean): void {
  if (!recognised) detectBrokenParts(i);
  const critical = i.found("format.critical");
  if (critical) detectCritical(i, critical);
  const type = i.found("format.claim_type");
  if (type && !TIMES.includes(type.claim)) {
    i.suspect("claim.shape", {
      confidence: "likely",
      facts: type,
      explains: ["format.claim_type"],
      weight: 10,
    });
    i.suspect("token.malformed", {
      confidence: "possible",
      facts: {
        part: "the payload",
        problem: "a claim of the wrong type",
        member: type.claim,
      },
      explains: ["format.claim_type"],
    });
  }
}

function detectBrokenParts(i: Investigation): void {
  const [header, payload, encoding] = [
    i.found("format.header"),
    i.found("format.payload"),
    i.found("format.encoding"),
  ];
  if (header) malformed(i, "the header", header);
  if (payload) malformed(i, "the payload", payload);
  const zip = i.token?.header?.["zip"];
  if (payload && typeof zip === "string")
    i.suspect("verifier.unsupported", {
      confidence: "likely",
      facts: {
        what: `a compressed payload (zip ${zip.slice(0, 16)})`,
        part: "compression",
      },
      explains: ["format.payload"],
      weight: 20,
    });
  if (encoding)
    i.suspect("token.malformed", {
      confidence: "possible",
      facts: {
        part: `the ${encoding.segment}`,
        problem: encoding.problem,
        member: null,
      },
      explains: ["format.encoding"],
    });
  if (i.found("format.segments"))
    i.suspect("token.malformed", {
      confidence: "possible",
      facts: {
        part: "the token",
        problem: "another number of parts than a JWT has",
        member: null,
      },
      explains: ["format.segments"],
    });
  if (i.found("format.not_jwt"))
    i.suspect("token.malformed", {
      confidence: "possible",
      facts: { part: "the token", problem: "not a JWT", member: null },
      explains: ["format.not_jwt"],
      weight: -1,
    });
}

function malformed(
  i: Investigation,
  part: string,
  { problem, member }: Evidence["format.header"],
): void {
  const { header, claims } = i.token ?? {};
  // A signed part that a decoder reads was made so; what does not even read may have suffered on the way.
  const made = problem !== "not_json" && problem !== "not_utf8";
  i.suspect("token.malformed", {
    confidence: "likely",
    facts: { part, problem, member },
    explains: reasonsIn(i, "format"),
    weight: made || header || claims ? 12 : 5,
  });
}

function detectCritical(
  i: Investigation,
  { problem, member }: Evidence["format.critical"],
): void {
  const present =
    member !== null && Object.hasOwn(i.token?.header ?? {}, member);
  const extension =
    problem === "not_understood" && present && !NO_EXTENSIONS.includes(member);
  i.suspect("token.malformed", {
    confidence: extension ? "possible" : "likely",
    facts: { part: "crit", problem, member },
    explains: ["format.critical"],
    weight: 12,
  });
  if (problem === "not_understood") {
    i.suspect("verifier.unsupported", {
      confidence: extension ? "likely" : "possible",
      facts: {
        what: `the critical header parameter ${member ?? ""}`.trim(),
        part: "extension",
      },
      explains: ["format.critical"],
      weight: 12,
    });
  }
}
