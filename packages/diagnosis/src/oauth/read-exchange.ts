import type { CauseCode } from "../causes.ts";
import type { ResponseSeen } from "../inquiry.ts";
import type { Asked } from "../judges.ts";
import { readAnswer } from "./answer.ts";
import { authorizationsIn } from "./authorization-request.ts";
import { readClientAuthentication } from "./client-authentication.ts";
import { endpointOf } from "./endpoint.ts";
import { cognitoRequest } from "./cognito.ts";
import type { Exchange, Fault } from "./exchange.ts";
import { readParameters } from "./parameters.ts";
import { ERROR_CODES, SERVER_MESSAGES } from "./server-messages.ts";
import { serverOf } from "./server-issuer.ts";
import { withoutEcho, withoutSecretId } from "./shown.ts";

/** Entries of the history beyond this, counted from its end, do not count. */
const LONGEST_HISTORY = 2_000;

/** null: the inquiry is about no OAuth endpoint. */
export function readExchange(
  asked: Asked,
): (Exchange & { readonly needs: readonly string[] }) | null {
  const { inquiry, now, budget } = asked;
  const { request, response, context = {} } = inquiry;
  const cognito = cognitoRequest(request);
  const parameters = cognito?.parameters ?? readParameters(request ?? {});
  const endpoint = cognito
    ? cognito.endpoint
    : request
      ? endpointOf(request, parameters, answersAsOne(response))
      : null;
  if (request ? endpoint === null : !isAnswerAlone(asked)) return null;
  const authentication = withoutSecretId(
    readClientAuthentication(request ?? {}, parameters),
    context.client ?? {},
  );
  // Without an assertion there is the ordinary answer: the token is missing, unless the client shows itself in another way.
  if (
    inquiry.policy?.kind === "client_assertion" &&
    authentication.assertion === null &&
    context.client?.authenticationMethod === undefined
  )
    return null;
  const url = request?.url ?? "";
  const faults: Fault[] = [];
  const needs: string[] = [];
  return {
    inquiry,
    now,
    budget,
    endpoint,
    cognito: cognito !== null,
    url,
    method: request?.method ?? null,
    parameters,
    authentication,
    answer: response ? withoutEcho(readAnswer(response), parameters) : null,
    client: context.client ?? {},
    history: (context.history ?? [])
      .slice(-LONGEST_HISTORY)
      .filter(({ at }) => Date.parse(at) / 1000 <= now)
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    authorizations: authorizationsIn(
      context.documents ?? {},
      parameters.get("code") ?? parameters.get("auth_code"),
      parameters.get("state"),
    ),
    server: serverOf(url, context.documents ?? {}),
    faults,
    needs,
    ruledOut: new Set<CauseCode>(),
    suspect(cause, { finding = null, byCode = false, weight = 0, ...fault }) {
      faults.push({
        cause,
        weight,
        finding,
        byCode,
        explains: [],
        ...fault,
      } as Fault);
    },
    wouldTell(need) {
      if (!needs.includes(need)) needs.push(need);
    },
    diagnoseToken: asked.diagnoseToken,
  };
}

/** Codes that no API gives, and that an inquiry about nothing but an answer is so known by. */
const OWN_CODES = new Set(
  Object.keys(ERROR_CODES).filter(
    (code) =>
      ![
        "invalid_request",
        "invalid_dpop_proof",
        "expired_token",
        "access_denied",
        "interaction_required",
        "login_required",
        "NotAuthorizedException",
        "ResourceNotFoundException",
        "consent_required",
      ].includes(code),
  ),
);

/** What only an authorization server speaks of, whatever its code. */
const OWN_WORDS =
  /\bAADSTS\d{5,8}\b|code[_ ]?(?:verifier|challenge)|\bpkce\b|redirect[_ ]?ur[il]|\bredirecturi\b|refresh ?_?token|token could not be refreshed|client[_ ](?:secret|assertion|authentication)|\b(?:unknown|invalid|missing)[^\n]{0,12} client[_ ]?id\b|\b(?:auth )?code_already_used\b|\binvalid_code\b|auth code\b|authorization (?:code|grant)|grant[_ ]type|auth_code_not_found|consent_required|partner_authentication_failed|enterprise configuration for your app|no_valid_keys_or_signatures/i;

const answersAsOne = (response: ResponseSeen | undefined): boolean =>
  response !== undefined && OWN_CODES.has(readAnswer(response).code ?? "");

function isAnswerAlone({ inquiry }: Asked): boolean {
  const { response, token, request } = inquiry;
  if (!response || token !== undefined || request) return false;
  const { code, words, granted, active } = readAnswer(response);
  if (granted) return false;
  if (code !== null && OWN_CODES.has(code)) return true;
  const coded =
    code !== null &&
    /^(?:NotAuthorizedException|ResourceNotFoundException|InvalidParameterException|RefreshTokenReuseException|invalid_request|access_denied|bad_verification_code|bad_refresh_token|incorrect_client_credentials|invalid_client_id)$/.test(
      code,
    );
  return (
    active === false ||
    ((coded || OWN_WORDS.test(words)) &&
      SERVER_MESSAGES.some(([pattern]) => pattern.test(words)))
  );
}
