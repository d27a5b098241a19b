import { headerValues, type Reason } from "@assay/token";
import type { ResponseSeen } from "./inquiry.ts";
import type { Message } from "./messages/message.ts";
import { MESSAGES } from "./testimony-messages.ts";

/** What a server's refusal states. */
export interface Statement {
  readonly reason: Reason;
  /** The message by which it is known; null: an error code says it. */
  readonly message: Message | null;
  /** The parameters of its challenge (RFC 9110 section 11.6.1), names in lower case. */
  readonly challenge: ReadonlyMap<string, string>;
  /** Its words, as far as we read them. */
  readonly words: string;
}

/** Error codes that state a reason by themselves: RFC 6750 section 3.1, RFC 9449 section 9, RFC 9470 section 3. */
const CODES: Readonly<Record<string, Reason>> = {
  insufficient_scope: "scope.insufficient",
  insufficient_user_authentication: "scope.authentication",
  use_dpop_nonce: "binding.nonce",
};

/** A refusal is read no further than this. */
const LOOKED_AT = 4_000;

/**
 * What the answer states about the token. null: it accepts, or refuses without saying why. `alone`: nothing else is known, so that a
 * message which leaves the reason open is heard too.
 */
export function readStatement(
  response: ResponseSeen | undefined,
  { alone }: { readonly alone: boolean },
): Statement | null {
  const { status = 0, body = "" } = response ?? {};
  if (status < 400) return null;
  const challenges = headerValues(
    { headers: response?.headers ?? {} },
    "www-authenticate",
  )
    .join(", ")
    .slice(0, LOOKED_AT);
  const challenge = parametersOf(challenges);
  const words = `${[...challenge.values()].join("\n")}\n${body.slice(0, LOOKED_AT)}`;
  const code = challenge.get("error") ?? errorOf(body);
  const byCode =
    code !== null && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (byCode !== undefined)
    return { reason: byCode, message: null, challenge, words };
  const message = MESSAGES.find(
    ({ pattern, open }) => (alone || !open) && pattern.test(words),
  );
  return message
    ? { reason: message.reasons[0], message, challenge, words }
    : null;
}

/** name="value" or name=value; of a repeated name the first counts. */
function parametersOf(challenges: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", inQuotes, bare = ""] of challenges.matchAll(
    /([a-z_]{1,40})=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi,
  )) {
    const key = name.toLowerCase();
    if (!found.has(key))
      found.set(key, inQuotes?.replace(/\\(.)/g, "$1") ?? bare);
  }
  return found;
}

function errorOf(body: string): string | null {
  return (
    /"error"\s{0,4}:\s{0,4}"([a-z_]{1,64})"/.exec(
      body.slice(0, LOOKED_AT),
    )?.[1] ?? null
  );
}
