import type { Facts } from "../causes.ts";
import { tell, type Family } from "./cause-words.ts";
import { quoted } from "./untrusted.ts";

type OfProfile = "aws.environment_shadows_profile" | "aws.profile";

const OVER: Readonly<
  Record<Facts["aws.environment_shadows_profile"]["over"], string>
> = {
  profile: "the profile",
  web_identity: "the role",
  container: "the container's role at",
};

/** Why the variables went first, which differs from tool to tool by how the profile was named. */
const CHOSEN: Readonly<
  Record<Facts["aws.environment_shadows_profile"]["chosenBy"], string | null>
> = {
  variable:
    "AWS_PROFILE names the profile, and the AWS CLI, boto3, Java and Go take keys in variables before it; JavaScript v3 takes the profile",
  call: "a profile that is named in the call goes first in the AWS CLI, boto3, Go and JavaScript v3, and not in Java's default chain",
  default: null,
};

const PROFILE_TITLES: Readonly<Record<Facts["aws.profile"]["how"], string>> = {
  other: "Another profile was read than the one that was meant.",
  not_found: "The profile that was meant is in no file that the tool reads.",
  none_found: "The tool found no credentials where it looked.",
  file_broken: "The file with the profiles cannot be read.",
  incomplete: "The profile lacks a setting that it needs.",
};

const PROFILE_FIXES: Readonly<Record<Facts["aws.profile"]["how"], string>> = {
  other:
    "Name the profile in every place that signs by itself, and give profiles names that occur once over both files.",
  not_found:
    "Compare the name with aws configure list-profiles. In the configuration file the heading is [profile NAME]. Under sudo, in a service or a container, the files are those of another home.",
  none_found:
    "See with aws configure list what the tool finds. Set AWS_PROFILE or sign in (aws sso login). Under sudo, in a service or a container, the files are those of another home; there, use a role.",
  file_broken:
    "Correct the file: one heading in brackets, then lines of name = value, no merge marks and no tabs before a name. The error names the file.",
  incomplete:
    "Complete the profile: aws configure sso for single sign-on; for a role, source_profile or credential_source, which must name something that is there.",
};

/** Words for the causes of requests to AWS that concern where the credentials came from. */
export const AWS_PROFILES: Pick<Family<"aws">, OfProfile> = {
  "aws.environment_shadows_profile": ({
    profile,
    over,
    chosenBy,
    keyId,
    inProfile,
  }) =>
    tell(
      over === "profile"
        ? "Variables in the environment won over the profile that was meant."
        : "Keys in the environment won over the role that was meant.",
      [
        `${OVER[over]} ${quoted(profile)} was meant, and the request carries the key ${quoted(keyId)} of the environment`,
        inProfile !== null && `the profile holds ${quoted(inProfile)}`,
        over === "profile" && CHOSEN[chosenBy],
      ],
      over === "profile"
        ? "Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or name the profile in the call. Set variables or a profile, never both."
        : "Take AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN out of the container: every SDK takes them before the role.",
    ),
  "aws.profile": ({ how, meant, read, keyId }) =>
    tell(
      PROFILE_TITLES[how],
      [
        meant === null
          ? how === "other" || how === "not_found"
            ? "the profile that was meant is not known"
            : "the tool says so before it sends anything"
          : `the profile ${quoted(meant)} was meant`,
        keyId !== null &&
          (read === null
            ? `the key ${quoted(keyId)} is not in it`
            : `the key ${quoted(keyId)} stands in ${quoted(read)}`),
      ],
      PROFILE_FIXES[how],
    ),
};
