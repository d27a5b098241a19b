/** What may be shown of texts in which a secret can stand where it does not belong (docs/contract/diagnosis.md, rule 5). */
import type { ClientSeen } from "../inquiry.ts";
import type { Answer } from "./answer.ts";
import type { ClientAuthentication } from "./client-authentication.ts";
import type { Parameters } from "./parameters.ts";

/** Longer values in a query are no setting. */
const LONGEST_VALUE = 24;
const SECRET_NAME =
  /code|token|secret|state|pass|key|sig|session|assertion|ticket|nonce/i;

/** An address without passwords, and without codes and tokens in its query: who sends the address of the page as redirect_uri sends its code too. */
export const shownAddress = (address: string): string =>
  address
    .slice(0, 1_000)
    .replace(/^([a-z][\w+.-]{0,40}:\/\/)[^/?#@]*@/i, "$1…@")
    .replace(
      /([?&#])([^=&#]{1,80})=([^&#]+)/g,
      (whole, sign: string, name: string, value: string) =>
        SECRET_NAME.test(name) || value.length > LONGEST_VALUE
          ? `${sign}${name}=…`
          : whole,
    )
    .slice(0, 300);

/** Who mixes up the two sends the secret as the id: then no more than its beginning is told. */
export function withoutSecretId(
  authentication: ClientAuthentication,
  { id, secret }: ClientSeen,
): ClientAuthentication {
  const { clientId, basic, post } = authentication;
  if (clientId === null || clientId === id || clientId === "")
    return authentication;
  const swapped =
    clientId === secret ||
    (id !== undefined && (basic?.secret === id || post === id));
  return swapped
    ? { ...authentication, clientId: `${clientId.slice(0, 4)}…` }
    : authentication;
}

/** A server that gives back what was sent, a `code` for one, gives no error code with that. */
export const withoutEcho = (answer: Answer, sent: Parameters): Answer =>
  answer.code !== null &&
  [sent.inBody, sent.inQuery].some((each) =>
    [...each].some(
      ([name, values]) =>
        SECRET_NAME.test(name) && values.includes(answer.code ?? ""),
    ),
  )
    ? { ...answer, code: null }
    : answer;
