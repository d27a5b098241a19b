/** The grant urn:ietf:params:oauth:grant-type:token-exchange (RFC 8693): a token for one resource out of a token for another. */
import {
  evidentKind,
  finding,
  type EvidentKind,
  type Finding,
} from "@assay/token";
import type { Client } from "../clients/client.ts";
import { jwtRefusal } from "../clients/presented-jwt.ts";
import { malformed, type Parameters } from "../endpoints/form.ts";
import type { OAuthError } from "../errors.ts";
import type { ExchangeRule } from "../resources/resource.ts";
import type { AccessToken } from "../store/records.ts";
import { subjectOf } from "../tokens/subject-of.ts";
import { actOf, type Act } from "./token-exchange-actor.ts";
import { claimedIssuer, judgeForeign } from "./token-exchange-foreign.ts";
import { isOpaque, judgeOwn, type OwnTokens } from "./token-exchange-own.ts";
import { rulesOf, scopesBy, towardsTarget } from "./token-exchange-rule.ts";

/** Token type identifiers (RFC 8693 section 3). */
export const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const KINDS = {
  [ACCESS_TOKEN]: "access_token",
  "urn:ietf:params:oauth:token-type:id_token": "id_token",
  "urn:ietf:params:oauth:token-type:jwt": "any",
} as const;
type SubjectTokenType = keyof typeof KINDS;

/** Threat: a JWT that was made for something else, a logout token or a proof, handed in as "jwt" (RFC 8725 section 3.12). */
const EXCHANGED: ReadonlySet<EvidentKind> = new Set([
  "access_token",
  "id_token",
  "unknown",
]);

/** What the exchange brings. */
export interface TokenExchange {
  /** The client's name as a subject, where the subject token was a client's own. */
  readonly subject: string;
  readonly sourceIssuer: string;
  readonly scopes: readonly string[];
  readonly resource: string;
  /** Who acts for the subject (RFC 8693 section 4.1); null: nobody was named. */
  readonly act: Act | null;
  readonly issuedTokenType: typeof ACCESS_TOKEN;
  /** Milliseconds since the epoch: the end of the subject token, beyond which the new one must not live. */
  readonly expiresAt: number;
  /** Our own subject token: the new one ends with its grant and session. null: it was another issuer's. */
  readonly from: Pick<
    AccessToken,
    "tokenId" | "clientId" | "grantId" | "sessionId" | "jkt"
  > | null;
}

/** The subject token, whoever issued it. */
interface Subject {
  readonly rule: ExchangeRule;
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly expiresAt: number;
  readonly own: AccessToken | null;
}

/**
 * Throws unauthorized_client and invalid_target where no row allows it, invalid_scope, and invalid_request for everything that is wrong
 * with the tokens: RFC 8693 section 2.2.2 demands this code. The client is authenticated already.
 */
export async function tokenExchange(
  context: OwnTokens,
  client: Client,
  form: Parameters,
): Promise<TokenExchange> {
  const rules = await rulesOf(
    context.store,
    client,
    "urn:ietf:params:oauth:grant-type:token-exchange",
  );
  const token = form.require("subject_token");
  const type = form.require("subject_token_type");
  if (!isSupported(type))
    throw malformed(
      "This subject_token_type is not supported.",
      "unknown",
      "subject_token_type",
    );
  if ((form.get("requested_token_type") ?? ACCESS_TOKEN) !== ACCESS_TOKEN)
    throw malformed(
      "Only an access token can be requested.",
      "unknown",
      "requested_token_type",
    );
  const subject = await judgeSubject(context, client, form, rules, token, type);
  const { rule, sub, claims, own, expiresAt } = subject;
  const act = await actOf(context, client, form, claims);
  return {
    subject: sub,
    sourceIssuer: rule.sourceIssuer,
    scopes: scopesBy(
      rule,
      client,
      form,
      own?.resource === rule.target ? own.scopes : null,
    ),
    resource: rule.target,
    act,
    issuedTokenType: ACCESS_TOKEN,
    expiresAt,
    from: own && {
      tokenId: own.tokenId,
      clientId: own.clientId,
      grantId: own.grantId,
      sessionId: own.sessionId,
      jkt: own.jkt,
    },
  };
}

const isSupported = (type: string): type is SubjectTokenType =>
  Object.hasOwn(KINDS, type);

async function judgeSubject(
  context: OwnTokens,
  client: Client,
  form: Parameters,
  rules: readonly ExchangeRule[],
  token: string,
  type: SubjectTokenType,
): Promise<Subject> {
  const { issuer } = context;
  const iss = isOpaque(token) ? issuer : claimedIssuer(token);
  const sources = rules.filter((rule) => rule.sourceIssuer === iss);
  const candidates =
    sources.length > 0 ? towardsTarget(sources, client, form) : [];
  const judged =
    iss === issuer && candidates.length > 0
      ? await judgeOurs(context, candidates, token, type)
      : await judgeTheirs(context, candidates, token, type);
  if ("reason" in judged) throw refuse(judged, client);
  return judged;
}

async function judgeOurs(
  context: OwnTokens,
  rules: readonly ExchangeRule[],
  token: string,
  type: SubjectTokenType,
): Promise<Subject | Finding> {
  if (KINDS[type] === "id_token")
    throw malformed(
      "An ID token of this server cannot be exchanged.",
      "unknown",
      "subject_token_type",
    );
  const judged = await judgeOwn(
    context,
    token,
    rules.map(({ sourceAudience }) => sourceAudience),
  );
  if ("reason" in judged) return judged;
  const rule = rules.find((each) => each.sourceAudience === judged.resource);
  if (!rule) throw new TypeError("judgeOwn let another audience through");
  return {
    rule,
    sub: subjectOf(judged),
    claims: judged.claims,
    expiresAt: judged.expiresAt,
    own: judged,
  };
}

async function judgeTheirs(
  { clock }: OwnTokens,
  rules: readonly ExchangeRule[],
  token: string,
  type: SubjectTokenType,
): Promise<Subject | Finding> {
  const judged = await judgeForeign(rules, token, {
    kind: KINDS[type],
    requiredClaims: ["sub"],
    now: clock(),
    longestSeconds: null,
  });
  if ("reason" in judged) return judged;
  const { header, claims } = judged.token;
  const [kind, by] = evidentKind(header, claims, KINDS[type]);
  if (!EXCHANGED.has(kind))
    return finding("format.type", { expected: type, found: kind, by });
  return {
    rule: judged.rule,
    sub: claims.sub ?? "",
    claims,
    expiresAt: Math.floor((claims.exp ?? 0) * 1000),
    own: null,
  };
}

const refuse = (found: Finding, { clientId }: Client): OAuthError =>
  jwtRefusal(
    found,
    { noun: "subject token", code: "invalid_request", isAssertion: false },
    { clientId },
  );
