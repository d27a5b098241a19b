/** The session token of the request: missing, under another name, empty, doubled, damaged, or of another key. */
import type { AwsCase } from "../aws-case.ts";
import type { Credentials } from "../credentials.ts";
import { accountOfKey, kindOfKey } from "../key-id.ts";
import { readSessionToken } from "../session-token.ts";

export function detectSessionToken(seen: AwsCase): void {
  if (!seen.refused || seen.keyId === null) return;
  const keyId = seen.keyId.trim();
  const kind = kindOfKey(keyId);
  const [token] = seen.sessionTokens;
  if (token === undefined) {
    if (kind === "temporary") missing(seen, keyId);
    return;
  }
  if (seen.sessionTokens.length > 1 || isDoubled(token))
    return mixed(seen, keyId, "repeated", "likely");
  if (token.trim() === "") return mixed(seen, keyId, "empty", "likely");
  if (damaged(seen, token, keyId)) return;
  if (kind === "long_term")
    return mixed(seen, keyId, "long_term_key", "likely");
  const { account } = readSessionToken(token);
  const own = accountOfKey(keyId);
  if (account !== null && own !== null && account !== own)
    return mixed(seen, keyId, "other_account", "certain");
  if (speaksOfToken(seen) && isOfAnother(seen, token, keyId))
    return mixed(seen, keyId, "other_session", "likely");
  const elsewhere = seen.found("signature.key_not_found");
  if (seen.meaning === "token_invalid" && kind === "temporary" && !elsewhere)
    mixed(seen, keyId, "other_session", "possible");
}

/** A token of another session is taken for an unknown one, never for one that has ended. */
const speaksOfToken = ({ meaning }: AwsCase): boolean =>
  meaning === null || meaning === "key_unknown" || meaning === "token_invalid";

/** Twice the same, or two with a comma: a header that was sent twice and joined. */
function isDoubled(token: string): boolean {
  const start = token.slice(0, 12);
  return start.length === 12 && token.indexOf(start, 12) > 60;
}

function mixed(
  seen: AwsCase,
  keyId: string,
  how:
    "long_term_key" | "empty" | "repeated" | "other_account" | "other_session",
  confidence: "certain" | "likely" | "possible",
): void {
  seen.find("format.type", {
    expected:
      how === "long_term_key"
        ? "no session token"
        : "the session token of this key",
    found: how === "empty" ? "an empty session token" : "another session token",
    by: "X-Amz-Security-Token",
  });
  seen.suspect(
    "aws.session_token_mixed",
    confidence,
    { how, keyId },
    ["format.type"],
    6,
  );
}

function damaged(seen: AwsCase, token: string, keyId: string): boolean {
  const { damage, length } = readSessionToken(token);
  const whole = seen.own
    .map((each) => each.sessionToken?.value ?? "")
    .find((text) => text.length > token.length && text.startsWith(token));
  const found = damage ?? (whole === undefined ? null : "cut");
  if (found === null || keyId === "") return false;
  seen.find("format.encoding", {
    segment: "token",
    position: Math.max(0, token.search(/[^A-Za-z0-9/+=]/)),
    problem: found === "length" || found === "cut" ? "length" : "character",
    character: null,
  });
  seen.suspect(
    "aws.credential_damaged",
    "likely",
    { part: "session_token", damage: found, length },
    ["format.encoding"],
    6,
  );
  return true;
}

/** Another token stands beside this key, or this token beside another key. */
function isOfAnother(seen: AwsCase, token: string, keyId: string): boolean {
  const { own, configuration } = seen;
  const beside = (each: Credentials): readonly string[] =>
    [each.sessionToken, each.settings.get("aws_security_token")]
      .map((setting) => setting?.value ?? "")
      .filter((text) => text !== "" && !/^\W+$/.test(text));
  if (own.length > 0) {
    const tokens = own.flatMap(beside);
    const others = tokens.filter((text) => text !== token);
    // Both names are set, and they hold tokens of different sessions.
    if (others.length > 0 && kindOfKey(keyId) === "temporary")
      return others.every((text) => readSessionToken(text).version !== null);
  }
  return configuration.all.some(
    (each) =>
      each.keyId !== null &&
      each.keyId.value !== keyId &&
      kindOfKey(each.keyId.value) === "temporary" &&
      beside(each).includes(token),
  );
}

function missing(seen: AwsCase, keyId: string): void {
  const elsewhere = misnamed(seen, keyId);
  seen.find("request.token_missing", {
    scheme: "X-Amz-Security-Token",
    headers: Object.keys(seen.inquiry.request?.headers ?? {}),
  });
  if (elsewhere)
    seen.suspect(
      "aws.session_token_misnamed",
      "likely",
      { keyId, ...elsewhere },
      ["request.token_missing"],
      7,
    );
  seen.suspect(
    "aws.session_token_missing",
    "likely",
    {
      keyId,
      inEnvironment: Boolean(
        seen.configuration.environment.get("AWS_SESSION_TOKEN"),
      ),
    },
    ["request.token_missing"],
    6,
  );
}

type Place = "environment" | "credentials_file" | "config_file";

/** A token that stands anywhere but under its right name beside the key. */
function misnamed(
  { configuration, own }: AwsCase,
  keyId: string,
): { readonly name: string; readonly place: Place } | null {
  const fits = (text: string): boolean => {
    const { version, account } = readSessionToken(text.trim());
    const mine = accountOfKey(keyId);
    return (
      (version !== null &&
        (account === null || mine === null || account === mine)) ||
      /^\*{3,}$/.test(text.trim())
    );
  };
  if (own.some((each) => each.sessionToken?.value)) return null;
  for (const [name, text] of configuration.environment)
    if (
      /TOKEN/i.test(name) &&
      name !== "AWS_SESSION_TOKEN" &&
      !/FILE|OIDC|GITHUB|CI_/i.test(name) &&
      fits(text)
    )
      return { name, place: "environment" };
  for (const each of configuration.all)
    for (const [name, { value }] of each.settings)
      if (
        each.place !== "environment" &&
        name.endsWith("token") &&
        (own.includes(each) ? name !== "aws_session_token" : !each.keyId) &&
        fits(value)
      )
        return { name, place: each.place };
  return null;
}
