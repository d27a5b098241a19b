/** What an error of AWS means, as far as its code and its sentence say. One name hides many causes: this is where the search begins. */
import type { ErrorAnswer } from "./error-answer.ts";
import { toolMeaning, type ToolMeaning } from "./tool-sentences.ts";

export type Meaning =
  | ToolMeaning
  | "key_unknown"
  | "token_invalid"
  | "session_ended"
  | "time"
  | "presigned_ended"
  | "presigned_too_long"
  | "mismatch"
  | "region"
  | "service"
  | "scope"
  | "header"
  | "two_mechanisms"
  | "unsigned"
  | "unknown_route"
  | "payload"
  | "version"
  | "header_not_signed"
  | "second_factor"
  | "region_off"
  | "identity_token"
  | "denied"
  | "unsaid"
  | "policy_condition"
  | "outage";

/** The first that fits. `code` is compared without Exception at its end; a sentence alone is enough where it is unmistakable. */
const MEANINGS: readonly {
  readonly meaning: Meaning;
  readonly code?: RegExp;
  readonly message?: RegExp;
}[] = [
  { meaning: "identity_token", code: /^(?:InvalidIdentityToken|IDP\w+)$/ },
  {
    meaning: "identity_token",
    message:
      /sts:AssumeRoleWith(?:WebIdentity|SAML)|OpenIDConnect provider|Incorrect token audience|must be before the expiration date|must be redeemed within|Couldn't retrieve verification key|SAML (?:Assertion|response)|identity provider \(IDP\)|OIDC|web identity/i,
  },
  {
    meaning: "second_factor",
    message:
      /MultiFactorAuth|multi-factor authentication|MFA (?:is|token|code|authentication must)/i,
  },
  {
    meaning: "region_off",
    code: /^(?:RegionDisabled|RegionDisabledException|OptInRequired)$/,
    message:
      /STS is not activated in this region|not (?:enabled|opted.in)[^.]{0,40}region/i,
  },
  {
    meaning: "presigned_too_long",
    message: /X-Amz-Expires must be less than a week/i,
  },
  {
    meaning: "time",
    code: /^(?:RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/,
  },
  {
    meaning: "presigned_ended",
    message: /^Request has expired|URL has expired|Policy expired/i,
  },
  {
    meaning: "time",
    message:
      /Signature expired:|Signature not yet current|request time and the current time|time stamp[^.]{0,60}too (?:old|far)/i,
  },
  {
    meaning: "session_ended",
    code: /^(?:ExpiredToken|TokenRefreshRequired|ExpiredTokenException)$/,
  },
  {
    meaning: "session_ended",
    message:
      /token included in the request is expired|provided token has expired|authorization token has expired/i,
  },
  {
    meaning: "service",
    message: /scoped to correct service|incorrect service/i,
  },
  {
    meaning: "region",
    message:
      /scoped to a valid region|region (?:'[^']{0,40}' )?is wrong|incorrect region|unexpected scope/i,
  },
  {
    meaning: "scope",
    message:
      /scoped with a valid terminator|Date in Credential scope|invalid credential date|Credential must have|credential is mal-?formed/i,
  },
  {
    meaning: "two_mechanisms",
    message: /Only one auth mechanism|multiple authentication types/i,
  },
  {
    meaning: "header_not_signed",
    message:
      /headers present in the request which were not signed|must be a signed header|must be signed/i,
  },
  {
    meaning: "version",
    message:
      /authorization mechanism you have provided is not supported|Please use AWS4-|Signature Version 2/i,
  },
  {
    meaning: "payload",
    code: /^XAmzContentSHA256Mismatch$/,
    message: /x-amz-content-sha256' header does not match/i,
  },
  { meaning: "unknown_route", message: /^Missing Authentication Token$/ },
  {
    meaning: "header",
    code: /^(?:IncompleteSignature|AuthorizationHeaderMalformed|AuthorizationQueryParametersError)$/,
    message:
      /key=value pair|Authorization header requires|Unsupported Authorization Type|non-empty Access Key|Invalid header value/i,
  },
  {
    meaning: "unsigned",
    code: /^(?:MissingAuthenticationToken|MissingSecurityHeader)$/,
    message: /Request is missing Authentication Token/i,
  },
  {
    meaning: "mismatch",
    code: /^(?:SignatureDoesNotMatch|InvalidSignature)$/,
    message: /signature we calculated does not match/i,
  },
  {
    meaning: "token_invalid",
    code: /^InvalidToken$/,
    message: /token is malformed or otherwise invalid/i,
  },
  {
    meaning: "key_unknown",
    code: /^(?:InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|AuthFailure|InvalidAccessKey)$/,
    message:
      /security token included in the request is invalid|does not exist in our records|not able to validate the provided access credentials/i,
  },
  {
    meaning: "outage",
    code: /^(?:ServiceUnavailable|InternalFailure|InternalError|InternalServerError|SlowDown|Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequests)$/,
  },
  {
    meaning: "policy_condition",
    message: /Policy Condition failed|Extra input fields/i,
  },
  // An answer to HEAD has no body: the tool knows only the number.
  { meaning: "unsaid", code: /^400$/ },
  {
    meaning: "denied",
    code: /^(?:AccessDenied|UnauthorizedOperation|Forbidden|403)$/,
    message: /is not authorized to perform/i,
  },
];

export function meaningOf({
  code,
  message,
  printed,
}: ErrorAnswer): Meaning | null {
  const said = message.slice(0, 4_000);
  const byTool = toolMeaning(printed === "" ? said : printed);
  // That nothing was found to sign with often only follows from what a service has refused.
  if (byTool !== null && byTool !== "no_credentials") return byTool;
  return (
    MEANINGS.find(
      (row) =>
        (code !== null && row.code?.test(code)) || row.message?.test(said),
    )?.meaning ?? byTool
  );
}

/** Sentences that nobody but AWS, or a store or tool that speaks its language, says. */
const UNMISTAKABLE =
  /security token included in the request|signature we calculated|Credential should be scoped|sts:AssumeRole|\bAWS\b|X-Amz-|AWS4-|Session token not found or invalid|key=value pair|Missing Authentication Token|OpenIDConnect provider|when calling the \w+ operation|is not authorized to perform: [\w-]{1,40}:|operation error [\w ]{1,60}: \w{1,100}, |^The provided token (?:has expired|is malformed)/m;
const CODES =
  /^(?:InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|RequestTimeTooSkewed|XAmzContentSHA256Mismatch|AuthorizationHeaderMalformed|AuthorizationQueryParametersError|AuthFailure|InvalidIdentityToken|IDPCommunicationError|IDPRejectedClaim|RegionDisabled)$/;

/** Where no request is known, an answer must show by itself that it is one of AWS: others say that a token has expired too. */
export const isOfAws = (
  { code, isAws, printed }: ErrorAnswer,
  body: string | undefined = "",
): boolean =>
  isAws ||
  (code !== null && CODES.test(code)) ||
  UNMISTAKABLE.test(body.slice(0, 4_000)) ||
  // Other APIs speak of a session of single sign-on too; what a tool has printed is AWS's.
  toolMeaning(printed) !== null;
