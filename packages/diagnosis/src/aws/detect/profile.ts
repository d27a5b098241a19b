/** The key of the request is not the one that was meant: the environment won, or another profile was read. */
import type { AwsCase } from "../aws-case.ts";
import type { Reason } from "@assay/token";
import { placeholderKind } from "../placeholder-keys.ts";

/** Runs last: it explains whatever was found. */
export function detectProfile(seen: AwsCase): void {
  const { configuration, keyId, own } = seen;
  if (!seen.refused || keyId === null || seen.findings.length === 0) return;
  if (!seen.wire) return;
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
  if (inMeant && own.includes(inMeant)) return;
  if (fromEnvironment) {
    const source = [
      "role_arn",
      "sso_session",
      "sso_start_url",
      "credential_process",
      "web_identity_token_file",
    ].some((name) => configuration.setting(meant, name) !== null);
    if (!inMeant?.keyId && !source) return;
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
      { profile: meant, keyId: id, inProfile: inMeant?.keyId?.value ?? null },
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
      { meant, read, keyId: id },
      reasons,
      6,
    );
  else if (read === null && inMeant?.keyId && configuration.profileNamed)
    seen.suspect(
      "aws.profile",
      "possible",
      { meant, read: null, keyId: id },
      reasons,
      3,
    );
}

const sourceOf = ({ configuration }: AwsCase, profile: string): string | null =>
  configuration.setting(profile, "source_profile");
