import type { Facts } from "../causes.ts";
import { tell, type CauseWords, type Family } from "./cause-words.ts";
import { AWS_SIGNATURES } from "./causes-aws-signature.ts";
import { AWS_PROFILES } from "./causes-aws-profile.ts";
import { AWS_TIMES } from "./causes-aws-time.ts";
import { names } from "./lists.ts";
import { quoted } from "./untrusted.ts";

const PLACES = {
  environment: "in the environment",
  credentials_file: "in the credentials file",
  config_file: "in the configuration file",
} as const;

const PARTS = {
  key_id: "the key id",
  secret: "the secret",
  session_token: "the session token",
} as const;

const DAMAGES: Readonly<
  Record<Facts["aws.credential_damaged"]["damage"], string>
> = {
  white_space: "has white space that does not belong to it",
  quotation_marks: "has quotation marks around it",
  length: "has too few or too many characters",
  characters: "has characters that it never has",
  comment: "has a comment behind it",
  percent_encoding: "is percent-encoded",
  cut: "is cut off",
  blank_for_plus: "has a blank where a plus was",
  missing: "is missing beside the rest",
};

/** Words for the causes of requests to AWS. */
export const AWS: Family<"aws"> = {
  "aws.session_token_missing": ({ keyId, inEnvironment }) =>
    tell(
      "A temporary key was sent without its session token.",
      [
        `the key id ${quoted(keyId)} is that of a session, and the request has no X-Amz-Security-Token`,
        inEnvironment &&
          "the environment holds AWS_SESSION_TOKEN, and it was not sent",
      ],
      "Pass all three values, key id, secret and session token, or let the SDK find the credentials. Add X-Amz-Security-Token before you sign.",
    ),
  "aws.session_token_mixed": mixed,
  "aws.session_token_misnamed": ({ keyId, name, place }) =>
    tell(
      "The session token stands where the tool does not look.",
      [
        `the key id ${quoted(keyId)} is that of a session, and the request has no X-Amz-Security-Token`,
        `a token stands ${PLACES[place]} under the name ${quoted(name)}`,
      ],
      place === "environment"
        ? "Export the token as AWS_SESSION_TOKEN. Where an old tool needs AWS_SECURITY_TOKEN, set both to the same value."
        : "Write the token as aws_session_token directly below the key id and secret of the same section.",
    ),
  "aws.partition": ({ found, expected, host, by }) =>
    tell(
      "The key belongs to another partition of AWS than the endpoint.",
      [
        `the endpoint ${quoted(host)} is of the partition ${quoted(found)}`,
        {
          arn: `an ARN of this caller is of ${quoted(expected)}`,
          region: `the configured region is of ${quoted(expected)}`,
          session_token: `the session token was issued in ${quoted(expected)}`,
          scope: `the request was signed for a region of ${quoted(expected)}`,
        }[by],
      ],
      "Call the endpoint of the key's own partition: set AWS_REGION to a region of it, and hand the region to every client, also to the STS client inside.",
    ),
  "aws.opt_in_region": ({ region, version }) =>
    tell(
      "The session token is not valid in a region that must be opted in to.",
      [
        region === null
          ? "the service says that the region is off for this account"
          : `the region ${quoted(region)} is off until an account opts in to it`,
        version === 1 &&
          "the session token is of version 1, as the global endpoint of STS gives out",
      ],
      "Use regional STS endpoints (AWS_STS_REGIONAL_ENDPOINTS=regional), or let the global endpoint give tokens of version 2. Check that the account has enabled the region.",
    ),
  "aws.placeholder_key": ({ keyId, kind, meant }) =>
    tell(
      kind === "masked"
        ? "A masked key was sent: it was copied from a log that hides it."
        : "A key that is none was sent to the real service.",
      [
        `the key id is ${quoted(keyId)}`,
        {
          sample: "so it stands in documentation",
          emulator: "such keys are for emulators",
          template: "so a template or an empty variable reads",
          masked: "so logs write what they hide",
        }[kind],
        meant !== null && `another address was meant: ${quoted(meant)}`,
      ],
      kind === "emulator"
        ? "Set AWS_ENDPOINT_URL to the emulator for the whole process, STS and IAM included. For the real service, set a real key."
        : "Put a real key in its place, or better, use a role and no stored key.",
    ),
  "aws.key_unknown": ({ keyId, kind, account, inactive }) =>
    tell(
      "AWS does not know this access key.",
      [
        keyId === null
          ? "the answer says that the key is not known"
          : kind === "other"
            ? `the service does not know the key id ${quoted(keyId)}, which has not the form of one of AWS`
            : `the key id ${quoted(keyId)} has the right form, and the service does not know it`,
        account !== null && `it was made in the account ${quoted(account)}`,
        inactive && "its status is Inactive",
      ],
      "Look the key up (aws iam list-access-keys): if it is deleted or inactive, put in the present key, or better, use a role. Remove left-over keys from files and variables.",
    ),
  "aws.key_too_new": ({ keyId, ageSeconds }) =>
    tell(
      "The key is so new that it is not known everywhere.",
      [
        `the key ${quoted(keyId)} was created ${ageSeconds} seconds before the request`,
      ],
      "Create keys ahead of time, and hand them out after they have worked. Try again with growing pauses for 15 seconds or more.",
    ),
  "aws.credential_damaged": ({ part, damage, length }) =>
    tell(
      "A credential was damaged on its way.",
      [
        `${PARTS[part]} ${DAMAGES[damage]}`,
        length !== null && `it has ${length} characters`,
      ],
      "Store the value anew, without line end, quotation marks or comment. A key id has 20 characters, a secret 40.",
    ),
  ...AWS_PROFILES,
  "aws.sso_session": ({ profile, end, inconsistent }) =>
    tell(
      "The single sign-on session behind the credentials has ended.",
      [
        profile === null
          ? "the request or the message is about single sign-on"
          : `the profile ${quoted(profile)} gets its credentials by single sign-on`,
        end !== null && `the cache says that it ends at ${quoted(end)}`,
        inconsistent && "the service ended it earlier than the cache says",
      ],
      "Sign in again: aws sso login, with the profile. If that does not help, aws sso logout first, which clears the cache.",
    ),
  "aws.mfa_required": ({ by }) =>
    tell(
      "The session was opened without a second factor.",
      [
        {
          identity_and_access:
            "IAM takes no session of GetSessionToken without a second factor, and answers as if the token were invalid",
          caller_identity:
            "the same session is known to STS as that of a user, and IAM refuses it",
          policy: "a policy denies what is done without a second factor",
          code: "the code of the second factor was not accepted",
          code_missing: "no code of the second factor was sent",
          serial_missing:
            "a code of the second factor was sent without the serial number of the device",
          incomplete:
            "the code of the second factor or the serial number of the device was not sent",
        }[by],
      ],
      "Open the session with --serial-number and --token-code, or set mfa_serial in the profile. Or assume a role that has the rights.",
    ),
  "aws.header_malformed": malformed,
  "aws.signature_version": ({ form, host }) =>
    tell(
      form === "multi_region"
        ? "This endpoint takes only Signature Version 4A."
        : "The request was signed with the old Signature Version 2.",
      [
        {
          header:
            "the word after Authorization is AWS, and not AWS4-HMAC-SHA256",
          query: "the query has the parameters of version 2",
          answer: "the answer asks for AWS4-HMAC-SHA256",
          multi_region: "the answer asks for AWS4-ECDSA-P256-SHA256",
        }[form],
        host !== null && `the endpoint is ${quoted(host)}`,
      ],
      form === "multi_region"
        ? "Use an SDK with SigV4A (the AWS common runtime), as for access points of several regions, or call an endpoint of one region."
        : "Bring the tool or library up to date, choose version 4 where both are offered (s3v4), and set the region.",
    ),
  "aws.web_identity": ({ protocol, reason, issuer, subject }) =>
    tell(
      protocol === "saml"
        ? "AWS does not accept the SAML assertion inside the request."
        : "AWS does not accept the token of the other issuer inside the request.",
      [
        `what refuses it is ${quoted(reason)}`,
        issuer !== null && `it was issued by ${quoted(issuer)}`,
        subject !== null && `its subject is ${quoted(subject)}`,
      ],
      reason.startsWith("expiration.")
        ? "Get a new token for each exchange, and read the file anew each time: its keeper has long written a new one."
        : "Compare iss, aud and sub with the identity provider in IAM and with the conditions of the role's trust policy, letter by letter.",
    ),
  "aws.unknown_route": ({ host, method, path, withAuthorization }) =>
    tell(
      "API Gateway does not know this route, and speaks of a token.",
      [
        withAuthorization
          ? "a request that fits no route is taken for one to AWS, and its Authorization for a broken signature"
          : "a request that fits no route is answered as if its signature were missing",
        (method !== null || path !== null) &&
          `the route is ${names([method ?? "", path ?? ""].filter(Boolean))}`,
        host !== null && `the host is ${quoted(host)}`,
      ],
      "Correct path, stage and method, and deploy the API again. If the route does exist with IAM authorization, sign the request.",
    ),
  ...AWS_TIMES,
  ...AWS_SIGNATURES,
};

function mixed({ how, keyId }: Facts["aws.session_token_mixed"]): CauseWords {
  return tell(
    {
      long_term_key: "A session token stands beside a long-term key.",
      empty: "An empty session token was sent.",
      repeated: "The session token was sent more than once.",
      other_account: "The session token is that of another account.",
      other_session: "The session token is that of another session.",
    }[how],
    [
      keyId !== null && `the key id is ${quoted(keyId)}`,
      {
        long_term_key: "a key that begins with AKIA has no session token",
        empty: "X-Amz-Security-Token is there, and holds nothing",
        repeated: "two tokens stand where one is due",
        other_account:
          "the account number inside the token is not the one inside the key id",
        other_session:
          "the token stands beside another key in the environment or in a file",
      }[how],
    ],
    how === "long_term_key" || how === "empty"
      ? "Delete aws_session_token and aws_security_token from the profile, and unset both variables. In templates leave the line out when there is no token."
      : "Write all three values in one go, from one answer of STS.",
  );
}

function malformed({
  problem,
  part,
}: Facts["aws.header_malformed"]): CauseWords {
  return tell(
    "The Authorization header is not one of Signature Version 4.",
    [
      {
        other_scheme: "another scheme stands where a signature is due",
        name_in_value: "the value begins with the name of the header",
        part_missing: "a part of it is missing",
        key_id_empty: "the key id is empty",
        separators: "its parts are not set apart by commas",
        two_mechanisms:
          "the URL is signed, and the request has Authorization besides",
        scope: "the credential scope is not built as it must be",
        unreadable: "it cannot be read",
      }[problem],
      part !== null && `it concerns ${quoted(part)}`,
    ],
    problem === "key_id_empty"
      ? "Make the run stop with a clear message when the key variables are empty, and set them."
      : problem === "two_mechanisms"
        ? "Fetch a presigned URL with a plain request: drop your own Authorization when you follow a redirect to another host."
        : "Use an SDK or a tested signer such as curl --aws-sigv4. The value begins with AWS4-HMAC-SHA256, and commas stand between its three parts.",
  );
}
