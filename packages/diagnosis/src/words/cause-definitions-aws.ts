import type { AwsFacts } from "../aws/facts.ts";

/** What each cause of requests to AWS means, in one sentence. */
export const AWS_DEFINITIONS: Readonly<Record<keyof AwsFacts, string>> = {
  "aws.session_token_missing":
    "A temporary access key was used without the session token that belongs to it.",
  "aws.session_token_mixed":
    "A session token is empty, doubled, or stands beside a key that it does not belong to.",
  "aws.session_token_misnamed":
    "The session token stands under a name or in a file that the tool does not read.",
  "aws.session_expired": "The temporary credentials are past their end.",
  "aws.partition":
    "The key belongs to one partition of AWS, and the endpoint to another that does not know it.",
  "aws.opt_in_region":
    "A session token of the global STS endpoint was used in a region that an account must opt in to.",
  "aws.placeholder_key":
    "The key of an emulator, a sample or a template was sent to the real service.",
  "aws.key_unknown":
    "The key has the right form, and the service does not know it: deleted, deactivated, or of another system.",
  "aws.key_too_new":
    "The key was created moments ago and is not yet known everywhere.",
  "aws.credential_damaged":
    "White space, quotation marks, a comment or a missing character has damaged key id, secret or session token.",
  "aws.environment_shadows_profile":
    "Variables in the environment won over the profile that was meant.",
  "aws.profile":
    "Another profile was read than the one that was meant, and nothing in the environment is to blame.",
  "aws.sso_session":
    "The single sign-on session behind the credentials has ended, or its cache contradicts itself.",
  "aws.mfa_required":
    "The session was opened without a second factor, and the API needs one.",
  "aws.clock_skew":
    "The date of the request is too far from the service's clock, because a clock is wrong.",
  "aws.signature_stale":
    "The clocks are right, and the request was signed long before it arrived.",
  "aws.presigned_expired": "The presigned URL is past its own end.",
  "aws.presigned_outlives_session":
    "The presigned URL promises more time than the session had that signed it.",
  "aws.region":
    "The signature was made for another region than that of the endpoint.",
  "aws.service":
    "The signature was made for another service than that of the endpoint.",
  "aws.host_rewritten": "Something on the way changed Host after signing.",
  "aws.header_altered":
    "A signed header was changed, added or removed after signing.",
  "aws.path_encoding":
    "The path or the query was encoded in another way than it was signed.",
  "aws.payload_mismatch": "The body is not the one that was hashed and signed.",
  "aws.secret_wrong":
    "The signature fits no explanation but a secret that does not belong to the key id.",
  "aws.header_malformed":
    "The Authorization header is not one of Signature Version 4.",
  "aws.signature_version":
    "The request was signed with Signature Version 2 where only version 4 is taken.",
  "aws.web_identity":
    "The OIDC or SAML token inside the AssumeRoleWith call is expired, for another audience or subject, or of an issuer that is not registered.",
  "aws.unknown_route":
    "API Gateway does not know the route and answers as if a token or signature were missing.",
};
