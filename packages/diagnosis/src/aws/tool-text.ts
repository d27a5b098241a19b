/** An error of AWS inside of what a program printed: a traceback, a log line, Terraform's frame. */
import type { ResponseSeen } from "../inquiry.ts";
import { TOOL_SENTENCES } from "./tool-sentences.ts";

/** How the tools put a service's refusal: botocore, Go, Java, Ruby, Rust, PHP, .NET. */
const REFUSALS: readonly RegExp[] = [
  /An error occurred \([\w.]{1,100}\) when calling the \w{1,100} operation/,
  /operation error [\w ]{1,60}: \w{1,100}, (?:https response error StatusCode: \d{3}|[^\n]{0,400}api error \w{1,100}:)/,
  /software\.amazon\.awssdk\.|com\.amazonaws\.[\w.]{1,100}Exception|\bAmazon\.\w{1,60}\.\w{1,80}Exception/,
  /Aws::\w{1,60}::Errors::\w{1,100}/,
  /\bAWS HTTP error: |\bsts:AssumeRole(?:With\w{3,20})?\b/,
  /security token included in the request is|request signature we calculated does not match|AWS Access Key Id you provided does not exist|Signature (?:expired|not yet current): \d{8}T|not able to validate the provided access credentials/,
];

/** An exchange over HTTP, or a request that somebody wrote down, tells more than the sentence inside of it. */
const EXCHANGE =
  /^(?:[<>] )?(?:HTTP\/[\d.]{1,3} \d{3}|[A-Z]{3,8} \S{1,4000} HTTP\/[\d.]{1,3})|^(?:[<>] )?(?:authorization|x-amz-[\w-]{1,60}|x-amzn-[\w-]{1,60}) ?:|^\s{0,20}(?:curl|wget|http|https) /im;

/** Longer texts are captures, which have readers of their own. */
const LONGEST = 64_000;

const PATTERNS = [...REFUSALS, ...TOOL_SENTENCES.map(({ pattern }) => pattern)];

/** null: it is no such text. The answer begins at the line in which the tool says it; what stands above is its way there. */
export function readAwsToolText(text: string): ResponseSeen | null {
  if (text.length > LONGEST || !/\s/.test(text.trim())) return null;
  if (!PATTERNS.some((pattern) => pattern.test(text))) return null;
  if (EXCHANGE.test(text) || /^\s{0,200}</.test(text)) return null;
  // Terraform draws a frame around its errors.
  const lines = text.split("\n").map((line) => line.replace(/^[│╷╵|] ?/u, ""));
  const first = lines.findIndex((line) =>
    PATTERNS.some((pattern) => pattern.test(line.slice(0, 4_000))),
  );
  if (first < 0) return null;
  const said = lines.slice(first).join("\n").trim();
  const status =
    /Status ?Code: (\d{3})|status code: (\d{3})|resulted in a `(\d{3}) /.exec(
      said.slice(0, 8_000),
    );
  const code = status?.[1] ?? status?.[2] ?? status?.[3];
  return { ...(code !== undefined && { status: Number(code) }), body: said };
}
