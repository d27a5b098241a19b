/** Facts of every cause of OAuth endpoints, with one text in each place where a stranger's text can stand. */
import type { CauseCode, Facts } from "@assay/diagnosis";

const returned = {
  by: "history",
  secondsAfterFirstUse: 31,
  generationsBehind: 1,
  successorUsed: false,
  sameSender: true,
  answerArrived: null,
} as const;

export const OAUTH_FACTS: {
  readonly [C in Extract<CauseCode, `oauth.${string}`>]: (
    text: string,
  ) => Facts[C];
} = {
  "oauth.code_reused": () => ({ by: "history", firstUseSecondsAgo: 0.05 }),
  "oauth.code_expired": () => ({
    by: "history",
    what: "code",
    ageSeconds: 840,
  }),
  "oauth.pkce": () => ({ by: "comparison", how: "other_pair" }),
  "oauth.redirect_uri": (text) => ({
    by: "comparison",
    sent: text,
    others: [text],
    against: "registration",
    differs: ["scheme", "slash"],
  }),
  "oauth.client_authentication_method": (text) => ({
    by: "comparison",
    used: ["client_secret_post"],
    registered: [text],
  }),
  "oauth.client_secret_encoding": () => ({
    by: "comparison",
    part: "secret",
    place: "header",
    how: "not_encoded",
    characters: ["+", "%"],
  }),
  "oauth.client_secret_wrong": (text) => ({
    by: "comparison",
    how: "other",
    length: 32,
    expectedLength: 40,
    rotatedAt: text,
  }),
  "oauth.client_unknown": (text) => ({
    by: "answer",
    clientId: text,
    registered: text,
  }),
  "oauth.assertion_audience": (text) => ({
    by: "comparison",
    expected: [text],
    found: [text],
  }),
  "oauth.assertion_time": () => ({
    by: "comparison",
    how: "expired",
    bySeconds: 3300,
    lifetimeSeconds: 300,
  }),
  "oauth.assertion_replayed": () => ({ by: "history", ageSeconds: 130 }),
  "oauth.request_format": (text) => ({
    by: "request",
    how: "missing",
    parameter: text,
  }),
  "oauth.grant_not_allowed": (text) => ({
    by: "comparison",
    grant: text,
    allowed: [text],
  }),
  "oauth.scope_invalid": (text) => ({
    by: "request",
    how: "separator",
    scopes: [text],
  }),
  "oauth.resource_unknown": (text) => ({
    by: "answer",
    resource: text,
    parameter: "audience",
  }),
  "oauth.refresh_race": () => ({ ...returned, secondsAfterFirstUse: 0.062 }),
  "oauth.refresh_lost_response": () => ({ ...returned, answerArrived: false }),
  "oauth.refresh_not_stored": () => ({ ...returned, answerArrived: true }),
  "oauth.refresh_theft": () => ({
    ...returned,
    generationsBehind: 2,
    successorUsed: true,
    sameSender: false,
  }),
  "oauth.refresh_expired": () => ({
    by: "history",
    ageSeconds: 605_100,
    limitSeconds: 604_800,
  }),
  "oauth.refresh_idle": () => ({ by: "history", idleSeconds: 3_801_600 }),
  "oauth.refresh_other_client": (text) => ({
    by: "comparison",
    what: "refresh_token",
    issuedTo: text,
    sentBy: text,
  }),
  "oauth.introspection_wrong_issuer": (text) => ({
    by: "comparison",
    tokenIssuer: text,
    asked: text,
  }),
  "oauth.error_misleading": (text) => ({
    by: "answer",
    found: text,
    standard: ["invalid_client"],
    fault: "other",
  }),
};
