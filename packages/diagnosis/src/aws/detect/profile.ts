/** The key of the request is not the one that was meant: the environment won, or another profile was read. */
import type { AwsCase } from "../aws-case.ts";
import type { Reason } from "@assay/token";
import { kindOfKey } from "../key-id.ts";
import { containerAddress } from "../pod-identity.ts";
import { headersOf } from "../wire.ts";
import { placeholderKind } from "../placeholder-keys.ts";

/** Runs last: it explains whatever was found. */
export function detectProfile(seen: AwsCase): void {
  const { configuration, keyId, own } = seen;
  if (!seen.refused || keyId === null || seen.findings.length === 0) return;
  const reasons: readonly Reason[] = seen.findings
    .map(({ reason }) => reason)
    .filter((reason) =>
      /^(?:signature\.(?:key_not_found|mismatch)|expiration\.expired|scope\.|format\.type)/.test(
        reason,
      ),
    );
  if (reasons.length === 0 || placeholderKind(keyId.trim()) === "emulator")
    return;
  const id = keyId.trim();
  const meant = configuration.profile;
  const inMeant = configuration.all.find((each) => each.profile === meant);
  const fromEnvironment = own.some((each) => each.place === "environment");
  const source = otherSource(seen, meant);
  if (inMeant && own.includes(inMeant)) {
    profileFirst(seen, meant, reasons);
    return twoSections(seen, meant, reasons, source !== null);
  }
  if (fromEnvironment) {
    const role = configuration.environment.get("AWS_ROLE_ARN");
    if (role !== undefined && !configuration.profileNamed)
      seen.suspect(
        "aws.environment_shadows_profile",
        "likely",
        {
          profile: role,
          over: "web_identity",
          chosenBy: "default",
          keyId: id,
          inProfile: null,
        },
        reasons,
        2,
      );
    const container = containerAddress(configuration.environment);
    if (container !== null && !configuration.profileNamed)
      seen.suspect(
        "aws.environment_shadows_profile",
        "likely",
        {
          profile: container,
          over: "container",
          chosenBy: "default",
          keyId: id,
          inProfile: null,
        },
        reasons,
        2,
      );
    if (!inMeant?.keyId && source === null) return;
    if (
      own.some(
        (each) =>
          each.profile !== null && each.profile === sourceOf(seen, meant),
      )
    )
      return;
    seen.suspect(
      "aws.environment_shadows_profile",
      "likely",
      {
        profile: meant,
        over: "profile",
        chosenBy: configuration.chosenBy,
        keyId: id,
        inProfile: inMeant?.keyId?.value ?? null,
      },
      reasons,
      configuration.profileNamed ? 6 : 2,
    );
    return;
  }
  const read = own.find((each) => each.profile !== null)?.profile ?? null;
  // The keys of a source profile sign the call that assumes the role.
  if (read !== null && read === sourceOf(seen, meant)) return;
  if (read !== null && configuration.profileNamed)
    seen.suspect(
      "aws.profile",
      "likely",
      { how: "other", meant, read, keyId: id },
      reasons,
      6,
    );
  else if (
    read === null &&
    inMeant?.keyId &&
    configuration.profileNamed &&
    kindOfKey(id) === "long_term" &&
    !reasons.includes("signature.mismatch")
  )
    seen.suspect(
      "aws.profile",
      "likely",
      { how: "other", meant, read: null, keyId: id },
      reasons,
      1,
    );
}

/** How the profile gets its credentials, if not from keys beside its name. */
const otherSource = (
  { configuration }: AwsCase,
  profile: string,
): string | null =>
  [
    "role_arn",
    "sso_session",
    "sso_start_url",
    "credential_process",
    "web_identity_token_file",
  ].find((name) => configuration.setting(profile, name) !== null) ?? null;

/** JavaScript's third SDK takes AWS_PROFILE before keys in variables, and warns; there the variables may have been meant. */
function profileFirst(
  seen: AwsCase,
  read: string,
  reasons: readonly Reason[],
): void {
  const { configuration, inquiry } = seen;
  const agent = headersOf(inquiry.request, "user-agent")[0] ?? "";
  const hasVariables = configuration.all.some(
    (each) => each.place === "environment" && each.keyId && each.secret,
  );
  if (
    configuration.chosenBy !== "variable" ||
    !hasVariables ||
    !/aws-sdk-js\/3/.test(agent.slice(0, 400))
  )
    return;
  seen.suspect(
    "aws.profile",
    "possible",
    { how: "other", meant: null, read, keyId: seen.keyId },
    reasons,
    1,
  );
}

/** Static keys in one file, a role or single sign-on under the same name in the other: the tools do not agree which goes first. */
function twoSections(
  seen: AwsCase,
  meant: string,
  reasons: readonly Reason[],
  hasSource: boolean,
): void {
  const isOwnSource = sourceOf(seen, meant) === meant;
  const isAssuming = /Action=AssumeRole&/.test(
    seen.inquiry.request?.body ?? "",
  );
  if (!hasSource || isOwnSource || isAssuming) return;
  if (seen.own.some((each) => each.place === "environment")) return;
  // A helper writes the keys of the session under the same name.
  if (kindOfKey(seen.keyId?.trim() ?? "") !== "long_term") return;
  seen.suspect(
    "aws.profile",
    "likely",
    { how: "other", meant, read: meant, keyId: seen.keyId },
    reasons,
    2,
  );
}

const sourceOf = ({ configuration }: AwsCase, profile: string): string | null =>
  configuration.setting(profile, "source_profile");
