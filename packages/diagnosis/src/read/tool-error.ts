/** What kubectl, docker and their kin, git, npm, and AWS's command line say when a server refuses them: an answer, seen through a tool. */
import { readAwsToolText } from "../aws/tool-text.ts";
import type { ResponseSeen } from "../inquiry.ts";

/** The line that makes the text one of these. */
const KNOWN: readonly RegExp[] = [
  // kubectl and helm
  /^error: You must be logged in to the server\b/i,
  /^Error from server(?: \(\w{1,40}\))?: /,
  /^[EWIF]\d{4} [\d:.]{8,15}\s{1,9}\d{1,9} \w{1,60}\.go:\d{1,6}\] /,
  /^Unable to connect to the server: /,
  /^Error: (?:INSTALLATION FAILED: |UPGRADE FAILED: )?Kubernetes cluster unreachable: /,
  // docker, containerd, podman, skopeo, kubelet
  /^Error response from daemon: /,
  /^(?:Error: |error: |FATA\[\d{4}\] )?(?:error )?(?:initializing source|getting image source|trying to reuse blob|copying system image|unable to copy from source) /i,
  /^(?:ERROR: |Error: |ctr: |FATA\[\d{4}\] )?failed to (?:resolve reference|do request|authorize|solve|fetch oauth token|push) ?/i,
  /^\s{0,40}(?:Warning\s{1,9}Failed\s[^\n]{0,200})?Failed to pull image "/,
  /^(?:denied|unauthorized): /,
  /^(?:no basic auth credentials|Error saving credentials: )/,
  /^(?:Get|Head|Post|Put|Patch|Delete) "https?:\/\/[^"\s]{1,2000}": /,
  /^time="[\d:.TZ+-]{10,40}" level=(?:fatal|error|warning) msg="/,
  // git, npm, wget, curl -f
  /^(?:remote: (?!Enumerating|Counting|Compressing|Total|Resolving)|fatal: (?:Authentication failed for|could not read (?:Username|Password) for|unable to access|repository ') ?)/,
  /^npm (?:error|ERR!) code E(?:401|403|NEEDAUTH|OTP)$/,
  /^HTTP request sent, awaiting response\.\.\. 4\d\d /,
  /^curl: \(22\) The requested URL returned error: 4\d\d/,
  // botocore
  /^(?:[\w.]{1,80}: )?An error occurred \([\w.]{1,100}\) when calling the \w{1,100} operation/,
  /^(?:Unable to locate credentials|Partial credentials found in |The (?:SSO|security) (?:session|token) )/,
  // the SDKs: an error's name, or AWS's sentence alone
  /^(?:Uncaught )?(?:\w{1,60}: )?operation error [\w ]{1,60}: \w{1,100}, https response error StatusCode: \d{3}/,
  /^\s{0,40}(?:Uncaught )?(?:Error: )?(?:[\w.]{1,100}\.)?(?:UnrecognizedClient|InvalidClientTokenId|ExpiredToken|RequestExpired|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|InvalidAccessKeyId|RequestTimeTooSkewed|AuthFailure|InvalidToken|InvalidIdentityToken|IDPRejectedClaim|CredentialsProvider)(?:Exception|Error)?(?: \[\w{1,100}\])?: /,
  /^(?:The security token included in the request is |The provided token (?:is malformed|has expired)|The request signature we calculated does not match|The AWS Access Key Id you provided does not exist|Signature expired: |Signature not yet current: |Missing Authentication Token$|AWS was not able to validate the provided access credentials)/,
];

/** What a status is called in the words of these tools. */
const STATUS: readonly (readonly [RegExp, number])[] = [
  [
    /returned error: 401\b|\bcode E(?:401|NEEDAUTH)\b|Authentication failed for|could not read (?:Username|Password) for/,
    401,
  ],
  [/returned error: 403\b|\bcode E403\b/, 403],
  [/StatusCode: 401|status code: 401|\b401 Unauthorized\b/i, 401],
  [/StatusCode: 403|status code: 403|\b403 Forbidden\b/i, 403],
  [/StatusCode: 400|status code: 400|\b400 Bad Request\b/i, 400],
  [/\(Forbidden\)|\bis forbidden: /, 403],
  [
    /\bUnauthorized\b|unauthorized(?:: |"?$)|invalid username\/password|\basked for the client to provide credentials\b|incorrect username or password|authorization token has expired|no basic auth credentials/m,
    401,
  ],
  [/denied: |\baccess forbidden\b/, 403],
];

const isKnown = (line: string): boolean =>
  line !== "" && KNOWN.some((pattern) => pattern.test(line.slice(0, 4000)));

/** Null when the text is no such message. Whatever stands around it, a prompt and the command say, is left out. */
export function readToolError(text: string): ResponseSeen | null {
  const ofAws = readAwsToolText(text);
  if (ofAws) return ofAws;
  const lines = text.split("\n").map((line) => line.trimEnd());
  // What stands in front of the message is beside it, or the text is another one.
  const first = lines.findIndex((line) => isKnown(line) || !isBeside(line));
  if (first < 0 || !isKnown(lines[first] ?? "")) return null;
  // kubectl repeats what it could not read, and says in the end what that means.
  const said = [...new Set(lines.slice(first).map(withoutLogging))]
    .join("\n")
    .trim();
  const status = STATUS.find(([pattern]) => pattern.test(said))?.[1];
  return { ...(status !== undefined && { status }), body: said };
}

/** Programs put their logs' own words in front, npm the name of itself. What Kubernetes says at level info is no error. */
function withoutLogging(line: string): string {
  if (/^I\d{4} [\d:.]{8,15}\s/.test(line)) return "";
  if (/^npm (?:error|ERR!)(?: |$)/.test(line))
    return line.includes("A complete log of this run")
      ? ""
      : line.slice(line.startsWith("npm ERR!") ? 9 : 10);
  const [, said, own = ""] = LOGRUS.exec(line) ?? [];
  if (said !== undefined) {
    const error = / error="((?:[^"\\]|\\.){0,4000})"/.exec(own)?.[1];
    return [said, ...(error === undefined ? [] : [error])]
      .join(": ")
      .replaceAll(/\\(["\\])/g, "$1");
  }
  const [, text] =
    /^[EWIF]\d{4} [\d:.]{8,15}\s{1,9}\d{1,9} \w{1,60}\.go:\d{1,6}\] ([^]*)$/.exec(
      line,
    ) ?? [];
  if (text === undefined) return line;
  const at = text.indexOf(' err="');
  return at < 0 ? text : text.slice(at + 6).replace(/"$/, "");
}

/** Go's logrus, where it writes to no terminal. */
const LOGRUS =
  /^time="[\d:.TZ+-]{10,40}" level=\w{4,7} msg="((?:[^"\\]|\\.){0,9000})"([^]*)$/;

/** A command behind its prompt, and the progress of a pull. */
const isBeside = (line: string): boolean =>
  line === "" ||
  /^(?:[^\n]{0,200}[$#%>❯] )?(?:sudo )?(?:kubectl|docker|podman|helm|aws|ctr|nerdctl|skopeo|crictl|oc|git|npm|npx|pnpm|wget|curl)(?:\.exe)? /.test(
    line.slice(0, 1000),
  ) ||
  /^(?:I\d{4} [\d:.]{8,15}\s|time="[^"]{10,40}" level=(?:info|debug|trace) |WARNING! |Cloning into |npm (?:http|warn|notice|verbose|info|sill|WARN) |--\d{4}-\d\d-\d\d [\d:]{8}--|Resolving |Connecting to |Reusing existing connection |URL transformed )/.test(
    line,
  ) ||
  /^(?:Using default tag: |Trying to pull |Pulling |[\w.-]{1,128}: Pulling |[\w.-]{1,128}: (?:Preparing|Waiting|Layer |Pushing)|The push refers |Login |Authenticating |What's next:|\s+View a summary)/.test(
    line,
  );
