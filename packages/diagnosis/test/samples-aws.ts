/** Facts of every cause of requests to AWS, with one text in each place where a stranger's text can stand. */
import type { CauseCode, Facts } from "@assay/diagnosis";

const NOW = 1_790_000_000;
const END = "2026-09-21T14:13:20Z";

export const AWS_FACTS: {
  readonly [C in Extract<CauseCode, `aws.${string}`>]: (
    text: string,
  ) => Facts[C];
} = {
  "aws.session_token_missing": (keyId) => ({ keyId, inEnvironment: true }),
  "aws.session_token_mixed": (keyId) => ({ how: "other_account", keyId }),
  "aws.session_token_misnamed": (text) => ({
    keyId: text,
    name: text,
    place: "environment",
  }),
  "aws.session_expired": (keyId) => ({ keyId, end: END, bySeconds: 60 }),
  "aws.partition": (text) => ({
    found: text,
    expected: text,
    host: text,
    by: "arn",
  }),
  "aws.opt_in_region": (region) => ({ region, version: 1 }),
  "aws.placeholder_key": (text) => ({
    keyId: text,
    kind: "emulator",
    meant: text,
  }),
  "aws.key_unknown": (text) => ({
    keyId: text,
    kind: "long_term",
    account: "111122223333",
    inactive: true,
  }),
  "aws.key_too_new": (keyId) => ({ keyId, ageSeconds: 4 }),
  "aws.credential_damaged": () => ({
    part: "secret",
    damage: "white_space",
    length: 41,
  }),
  "aws.environment_shadows_profile": (text) => ({
    profile: text,
    over: "profile",
    chosenBy: "variable",
    keyId: text,
    inProfile: text,
  }),
  "aws.profile": (text) => ({
    how: "other",
    meant: text,
    read: text,
    keyId: text,
  }),
  "aws.sso_session": (text) => ({
    profile: text,
    end: END,
    inconsistent: false,
  }),
  "aws.mfa_required": () => ({ by: "caller_identity" }),
  "aws.clock_skew": () => ({
    bySeconds: -3600,
    limitSeconds: 900,
    clocksKnown: true,
  }),
  "aws.signature_stale": () => ({
    ageSeconds: 1057,
    limitSeconds: 900,
    attempt: 3,
    clocksAgree: true,
  }),
  "aws.presigned_expired": () => ({
    lifetimeSeconds: 3600,
    end: NOW - 60,
    bySeconds: 60,
    tooLong: false,
    of: "url",
  }),
  "aws.presigned_outlives_session": () => ({
    lifetimeSeconds: 43_200,
    promisedUntil: NOW + 3600,
    endedAt: NOW,
  }),
  "aws.region": (text) => ({
    found: text,
    expected: text,
    host: text,
    missing: false,
  }),
  "aws.service": (text) => ({ found: text, expected: text, host: text }),
  "aws.host_rewritten": (text) => ({ signed: text, found: text }),
  "aws.header_altered": (text) => ({
    header: text,
    how: "changed",
    traces: [text],
  }),
  "aws.path_encoding": () => ({ part: "path" }),
  "aws.payload_mismatch": () => ({ how: "other", chunk: null }),
  "aws.secret_wrong": (keyId) => ({
    keyId,
    tried: true,
    sameText: true,
    verifiedBy: null,
  }),
  "aws.header_malformed": (part) => ({ problem: "part_missing", part }),
  "aws.signature_version": (host) => ({ form: "header", host }),
  "aws.web_identity": (text) => ({
    protocol: "oidc",
    reason: text,
    issuer: text,
    subject: text,
  }),
  "aws.unknown_route": (text) => ({
    host: text,
    method: text,
    path: text,
    withAuthorization: true,
  }),
};
