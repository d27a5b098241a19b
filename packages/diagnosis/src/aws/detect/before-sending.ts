/** What a tool says by itself, where no service has said anything: no credentials, no such profile, no region, a bare 400. */
import type { Meaning } from "../answer-meaning.ts";
import type { AwsCase } from "../aws-case.ts";
import type { Facts } from "../../causes.ts";
import { UNKNOWN_REGION } from "./scope.ts";

const REASON = ["request.token_missing"] as const;

type ProfileProblem = Facts["aws.profile"]["how"];

const PROFILES: ReadonlyMap<Meaning | null, ProfileProblem> = new Map([
  ["profile_unknown", "not_found"],
  ["profile_incomplete", "incomplete"],
  ["file_broken", "file_broken"],
]);

export function detectBeforeSending(seen: AwsCase): void {
  const { meaning } = seen;
  const problem = PROFILES.get(meaning);
  if (problem !== undefined) {
    missing(seen);
    profile(seen, problem, 5);
  } else if (meaning === "no_region") noRegion(seen);
  else if (meaning === "partial") partial(seen);
  else if (meaning === "no_credentials") nothingFound(seen);
  else if (meaning === "unsaid") bareStatus(seen);
}

/** S3 refuses HEAD with 400 for an ended session, a wrong region and a broken token alike, and cannot say for which. */
function bareStatus(seen: AwsCase): void {
  seen.wouldTell(
    "the same call with GET (aws s3api get-object) would tell the error's name, which an answer to HEAD cannot carry",
  );
  seen.suspect(
    "aws.session_expired",
    "possible",
    { keyId: null, end: null, bySeconds: null },
    [],
    2,
  );
  seen.suspect(
    "aws.region",
    "possible",
    { found: null, expected: null, host: null, missing: false },
    [],
    1,
  );
}

function missing(seen: AwsCase): void {
  seen.find("request.token_missing", {
    scheme: "AWS4-HMAC-SHA256",
    headers: [],
  });
}

function profile(
  seen: AwsCase,
  how: ProfileProblem,
  weight: number,
  confidence: "likely" | "possible" = "likely",
): void {
  const { configuration } = seen;
  const meant =
    saidProfile(seen.answer.printed) ??
    (configuration.profileNamed ? configuration.profile : null);
  seen.suspect(
    "aws.profile",
    confidence,
    { how, meant, read: null, keyId: null },
    REASON,
    weight,
  );
}

/** Each tool has its own way to put the name of a profile into a sentence. */
function saidProfile(said: string): string | null {
  const name = "([\\w.@:/+ -]{1,80}?)";
  for (const pattern of [
    `profile \\(${name}\\) could not be found`,
    `shared config profile, ["']?${name}["']?(?:[,\\n]|$)`,
    `using profile: \\[${name}\\]`,
    `Profile ["'\`]?${name}["']? (?:could not be found|not found)`,
    `no credentials for profile '${name}'`,
    `profile named '${name}'`,
    `'${name}' not found in credentials`,
    `profile ["']${name}["'] (?:is configured|does not|must)`,
  ]) {
    const found = new RegExp(pattern, "i").exec(said.slice(0, 4_000))?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

/** "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY": the rest of the chain is not asked. */
function partial(seen: AwsCase): void {
  missing(seen);
  const said = seen.answer.printed.slice(0, 2_000);
  const named =
    /missing: ?(\w{1,60})|did not contain (\w{1,60})|Env(\w{6,9})/.exec(said);
  const what = (
    named?.[1] ??
    named?.[2] ??
    named?.[3] ??
    "secret"
  ).toLowerCase();
  seen.suspect(
    "aws.credential_damaged",
    "likely",
    {
      part: /secret/.test(what)
        ? "secret"
        : /token/.test(what)
          ? "session_token"
          : "key_id",
      damage: "missing",
      length: null,
    },
    REASON,
    5,
  );
  profile(seen, "incomplete", 1, "possible");
}

function noRegion(seen: AwsCase): void {
  seen.find("audience.mismatch", { expected: [UNKNOWN_REGION], found: [] });
  seen.suspect(
    "aws.region",
    "likely",
    { found: null, expected: null, host: null, missing: true },
    ["audience.mismatch"],
    5,
  );
  profile(seen, "none_found", 0, "possible");
}

/** The configuration may show why: half a pair, a profile that is in no file, a sign-in that has ended. */
function nothingFound(seen: AwsCase): void {
  missing(seen);
  const { configuration } = seen;
  const half = configuration.all.find(
    (each) => (each.keyId === null) !== (each.secret === null),
  );
  if (half)
    seen.suspect(
      "aws.credential_damaged",
      "likely",
      {
        part: half.keyId === null ? "key_id" : "secret",
        damage: "missing",
        length: null,
      },
      REASON,
      6,
    );
  const { profile: meant, profileNamed, setting } = configuration;
  const isThere =
    configuration.all.some((each) => each.profile === meant) ||
    ["role_arn", "sso_session", "sso_start_url", "credential_process"].some(
      (name) => setting(meant, name) !== null,
    );
  profile(seen, profileNamed && !isThere ? "not_found" : "none_found", 4);
  const signsOn = ["sso_session", "sso_start_url"].some(
    (name) => setting(meant, name) !== null,
  );
  seen.suspect(
    "aws.sso_session",
    signsOn ? "likely" : "possible",
    { profile: signsOn ? meant : null, end: null, inconsistent: false },
    REASON,
    signsOn ? 5 : 1,
  );
  seen.suspect(
    "token.absent",
    "possible",
    { how: "no_credentials" },
    REASON,
    2,
  );
}
