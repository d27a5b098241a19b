import type { Facts } from "../causes.ts";
import { tell, type CauseWords, type Family } from "./cause-words.ts";
import { quoted } from "./untrusted.ts";

const sides = ({ expected, found }: Facts["issuer.other"]): string =>
  `expected ${quoted(expected)}, found ${found === "" ? "none" : quoted(found)}`;
const asIssued = ({ found }: Facts["issuer.other"]): string =>
  `If ${quoted(found)} is the issuer that you mean, configure it so, character by character.`;

const pair = (
  title: string,
  facts: Facts["issuer.other"],
  what: string | null,
  fix: string,
): CauseWords => tell(title, [sides(facts), what], fix);

/** Words for the causes of the family issuer. */
export const ISSUER: Family<"issuer"> = {
  "issuer.trailing_slash": (facts) =>
    pair(
      "The issuer's names differ by a slash at the end.",
      facts,
      "they are equal but for the slash at the end",
      asIssued(facts),
    ),
  "issuer.scheme": (facts, confidence) =>
    pair(
      facts.missing
        ? "One of the issuer's two names lacks the scheme."
        : "The issuer's names differ by http and https.",
      facts,
      confidence === "certain" ? "they are equal but for the scheme" : null,
      facts.missing
        ? asIssued(facts)
        : `${asIssued(facts)} Behind a proxy, let the issuer know its public https address.`,
    ),
  "issuer.host_alias": (facts) =>
    pair(
      "One server is known here under two names.",
      facts,
      {
        same: "the path is the same, host or port is another",
        prefixed:
          "one path is the end of the other, as when a proxy adds a prefix",
        other: null,
      }[facts.paths],
      "Let the issuer use one fixed public name in iss, whatever name it is called by, and configure that name in the verifier.",
    ),
  "issuer.case": (facts) =>
    pair(
      "The issuer's names differ by upper and lower case.",
      facts,
      "they are equal but for upper and lower case",
      asIssued(facts),
    ),
  "issuer.tenant": ({ placeholder, sameHost, ...facts }) =>
    pair(
      placeholder
        ? "The verifier expects a placeholder for the tenant."
        : "The token is of another tenant, realm or pool.",
      facts,
      placeholder
        ? "the expected issuer holds a placeholder, which no token ever has"
        : sameHost
          ? "it is the same server"
          : null,
      placeholder
        ? "Configure the issuer with the identifier of your own tenant, or check the tenant claim against a list of those that you serve."
        : "Send tokens of the expected tenant, or configure the tenant that the clients sign in to.",
    ),
  "issuer.version": (facts) =>
    pair(
      "The token is of another version of the same issuer.",
      facts,
      "both are versions of one issuer",
      "Ask for tokens of the version that the verifier expects (in Entra: requestedAccessTokenVersion), or configure the other version's issuer and keys.",
    ),
  "issuer.environment": (facts) =>
    pair(
      "The token comes from another environment.",
      facts,
      "the names look like two environments of one system",
      "Check which environment the client signs in to, and which one the verifier is set to; they must be the same.",
    ),
  "issuer.other": (facts) =>
    pair(
      "The token is of an issuer that the verifier does not trust.",
      facts,
      null,
      "Get the token from the expected issuer. If the verifier should trust the other one too, add it with its own keys.",
    ),
};
