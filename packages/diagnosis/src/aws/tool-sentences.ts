/**
 * What the command line and the SDKs say before anything is sent: nothing to sign with, a profile or region that is not there, a sign-in
 * that has ended. Nobody else says these, so a text that holds one is about AWS, whatever stands around it.
 */

export type ToolMeaning =
  | "sso"
  | "profile_unknown"
  | "profile_incomplete"
  | "file_broken"
  | "partial"
  | "no_region"
  | "no_credentials";

export interface ToolSentence {
  readonly meaning: ToolMeaning;
  readonly pattern: RegExp;
}

/** The first that fits: the cause that was found stands before the list of all that was tried. */
export const TOOL_SENTENCES: readonly ToolSentence[] = [
  {
    // botocore, InvalidConfigError
    meaning: "profile_incomplete",
    pattern:
      /configured to use SSO but (?:is )?missing|missing the following required SSO|source[_ ]profile ["'“][^"'”\n]{1,80}["'”][^\n]{0,80}(?:does not exist|must have credentials|not found)|Infinite loop in credential configuration|requires source_profile or credential_source|not resolve credential_source|mfa_serial[^\n]{0,60}required, but/i,
  },
  {
    meaning: "sso",
    pattern:
      /\bSSO (?:session|(?:access )?token|credentials)\b|\baws (?:sso )?login\b|SSOToken\w*Error|UnauthorizedSSOToken|SSOTokenLoad|TokenRetrievalError|retrieving token from sso|Token has expired and refresh failed|TokenProviderError|cached SSO|Session token not found or invalid|SSO OIDC: CreateToken/i,
  },
  {
    meaning: "profile_unknown",
    pattern:
      /config profile \([^)\n]{1,80}\) could not be found|failed to get shared config profile|SharedConfigProfileNotExist|Could not resolve credentials using profile|Profile [^\n]{1,80} could not be found or parsed in shared credentials|Profile file contained no credentials for profile|No AWS profile named|Profile `[^`'\n]{1,80}' not found in|'[^'\n]{1,80}' not found in credentials file|ProfileNotFound\b/i,
  },
  {
    meaning: "file_broken",
    pattern:
      /Unable to parse config file|failed to load shared config file|SharedConfigLoadError|ConfigParseError|Cannot read credentials from|property definition on line \d{1,6}|defining a property on line \d{1,6}|Invalid profile file/i,
  },
  {
    meaning: "partial",
    pattern:
      /Partial credentials found in|PartialCredentialsError|did not contain aws_(?:secret_)?access_key|Env(?:Access|Secret)(?:Key)?NotFound|StaticCredentialsEmpty|EmptyStaticCreds|static credentials are empty|Resolved credential object is not valid/i,
  },
  {
    meaning: "no_region",
    pattern:
      /You must specify a region|NoRegionError|Missing region in config|\bRegion is missing\b|Unable to (?:load|find) (?:a )?region (?:from any of the providers|via the region provider)|an AWS region is required, but was not found|MissingRegion\b|Invalid Configuration: Missing Region|Missing region configuration|No RegionEndpoint or ServiceURL configured|invalid AWS Region|A region must be set when sending|required client configuration options:[^\n]{0,20}\n?[^\n]{0,20}region/i,
  },
  {
    meaning: "no_credentials",
    pattern:
      /Unable to locate credentials|NoCredentialsError|Could not load credentials from any providers|CredentialsProviderError|Missing credentials in config|NoCredentialProviders|no valid providers in chain|Unable to load (?:AWS )?credentials from any (?:of the )?providers?|no EC2 IMDS role found|failed to refresh cached credentials|no valid credential sources|failed to retrieve credentials|get identity: get credentials|Unable to get IAM security credentials|Failed to resolve AWS credentials|unable to sign request without credentials|MissingCredentialsError|retrieving credentials from the instance profile metadata|EC2(?:Role|Metadata)(?:Request)?Error|no providers in chain provided credentials|Can only retrieve metadata from these hosts|Need to perform AWS calls for account|Unable to resolve AWS account to use|No AWSAccessKey was presented|unable to load credentials from service endpoint/i,
  },
];

/** No sentence stands further inside of what a tool says. */
const LOOKED_AT = 16_000;

/** null: the text holds none of these sentences. */
export function toolMeaning(text: string): ToolMeaning | null {
  const said = text.slice(0, LOOKED_AT);
  return (
    TOOL_SENTENCES.find(({ pattern }) => pattern.test(said))?.meaning ?? null
  );
}
