/** Whether an inquiry is about a request to AWS. A bearer token for another API is not, whatever stands around it. */
import type { Inquiry } from "../inquiry.ts";
import { isOfAws, meaningOf } from "./answer-meaning.ts";
import { endpointOf } from "./endpoint.ts";
import { readErrorAnswer } from "./error-answer.ts";
import { isPodIdentity } from "./pod-identity.ts";
import {
  formFields,
  meansPolicy,
  signatureVersion2,
} from "./signature-v4/index.ts";
import { headersOf, hostOf, wireOf } from "./wire.ts";

/** Services that take tokens in place of signatures: what goes wrong there is judged as for any API. */
const TAKES_TOKENS =
  /^(?:cognito-idp|appsync-api|auth|oidc\.eks|vpc-lattice-svcs)$/;

/** Hosts that only lead to what a customer runs: virtual machines, balancers, functions, private links. A bearer token is for what runs there. */
const RUNS_ANYTHING =
  /^(?:compute(?:-\d+)?|elb|lambda-url|vpce|(?:.+\.)?bedrock-agentcore)$/;

export function isForAws(inquiry: Inquiry): boolean {
  const { request, response, token, context } = inquiry;
  const host = hostOf(request);
  const endpoint = host === null ? null : endpointOf(host);
  if (request) {
    const values = headersOf(request, "authorization");
    if (
      values.some((value) =>
        /\bAWS4-(?:HMAC|ECDSA)|Credential\s*=.{0,200}aws4_request/.test(value),
      )
    )
      return endpoint !== null || !expectsJwt(inquiry);
    if (isAssumption(inquiry) || isPodIdentity(inquiry)) return true;
    const bearer = values.some((value) =>
      /^\s*(?:Bearer|DPoP|Token|JWT)\b|^\s*eyJ/i.test(value),
    );
    if (
      !bearer &&
      /[?&]X-Amz-(?:Signature|Credential|Algorithm)=/i.test(request.url ?? "")
    )
      return true;
    const wire = wireOf(request);
    if (!bearer && signatureVersion2(wire) !== null) return true;
    if (values.length === 0 && meansPolicy(formFields(wire))) return true;
    if (isSignOnRequest(inquiry)) return true;
    if (fallsThrough(inquiry)) return true;
    if (
      !endpoint ||
      token !== undefined ||
      TAKES_TOKENS.test(endpoint.service ?? "") ||
      (bearer &&
        (RUNS_ANYTHING.test(endpoint.service ?? "") || expectsJwt(inquiry)))
    )
      return (
        context?.aws !== undefined &&
        !bearer &&
        !expectsJwt(inquiry) &&
        isAwsError(inquiry)
      );
    // A bearer token is AWS's concern only where AWS says that a signature is due.
    if (bearer)
      return endpoint.service !== "execute-api" && asksForSignature(inquiry);
    return (
      isAwsError(inquiry) ||
      (!response &&
        values.length === 0 &&
        endpoint.service !== "execute-api" &&
        endpoint.service !== null &&
        !RUNS_ANYTHING.test(endpoint.service))
    );
  }
  if (token !== undefined || expectsJwt(inquiry)) return fallsThrough(inquiry);
  if (!response) return context?.aws !== undefined;
  return (
    context?.aws !== undefined ||
    (isAwsError(inquiry) && isOfAws(readErrorAnswer(response), response.body))
  );
}

/** AssumeRoleWithWebIdentity and AssumeRoleWithSAML carry a token where others are signed. */
export const isAssumption = ({ request }: Inquiry): boolean =>
  /(?:^|[?&])Action=AssumeRoleWith(?:WebIdentity|SAML)(?:&|$)/.test(
    request?.body ?? "",
  ) ||
  /[?&]Action=AssumeRoleWith(?:WebIdentity|SAML)(?:&|$)/.test(
    request?.url ?? "",
  );

/** The portal of single sign-on gives role credentials, its issuer the token for that. */
export function isSignOnRequest({ request }: Inquiry): boolean {
  const host = hostOf(request);
  const service = host === null ? null : endpointOf(host)?.service;
  return (
    headersOf(request, "x-amz-sso_bearer_token").length > 0 ||
    service === "portal.sso" ||
    (service === "oidc" && /grant_?type/i.test(request?.body ?? ""))
  );
}

/** What the verifier of a JWT would be told: then it is his to judge. */
function expectsJwt({ policy }: Inquiry): boolean {
  return (
    policy !== undefined &&
    ["issuer", "audience", "keys", "jwksUri", "secret", "publicKey"].some(
      (name) => Object.hasOwn(policy, name),
    )
  );
}

/** API Gateway answers a route that it does not know as AWS answers a request without a signature. */
function fallsThrough({ request, response }: Inquiry): boolean {
  if (!response || (response.status ?? 403) < 400) return false;
  const answer = readErrorAnswer(response);
  const meaning = meaningOf(answer);
  const host = hostOf(request);
  const endpoint = host === null ? null : endpointOf(host);
  const isGateway =
    answer.byGateway || endpoint?.service === "execute-api" || answer.isAws;
  if (meaning === "unknown_route") return isGateway || host === null;
  if (meaning !== "header") return false;
  return (
    isGateway ||
    /key=value pair/.test(answer.message.slice(0, 2_000)) ||
    answer.code === "IncompleteSignature"
  );
}

/** The answer says that it misses a signature, or cannot read one. */
function asksForSignature({ response }: Inquiry): boolean {
  if (!response || (response.status ?? 400) < 400) return false;
  const answer = readErrorAnswer(response);
  return (
    ["header", "unsigned", "version", "two_mechanisms"].includes(
      meaningOf(answer) ?? "",
    ) ||
    /Unsupported Authorization Type/i.test(answer.message.slice(0, 400)) ||
    // The token is taken for a key of AWS's own.
    (answer.isAws && meaningOf(answer) === "key_unknown")
  );
}

/** A refusal of AWS's own, as its tools print it. */
const SAID_BY_TOOL =
  /when calling the \w{1,100} operation|is not authorized to perform: [\w-]{1,40}:|\bapi error \w{1,100}:/;

function isAwsError({ response }: Inquiry): boolean {
  if (!response || (response.status ?? 400) < 400) return false;
  const answer = readErrorAnswer(response);
  const meaning = meaningOf(answer);
  if (meaning === null) return false;
  if (
    meaning === "denied" ||
    meaning === "outage" ||
    meaning === "second_factor"
  )
    return answer.isAws || SAID_BY_TOOL.test(answer.printed.slice(0, 4_000));
  return true;
}
