/** The key id that the service does not know: a placeholder, a damaged one, one that is too new, or one that is gone. */
import type { AwsCase } from "../aws-case.ts";
import { accountOfKey, isWholeKeyId, kindOfKey } from "../key-id.ts";
import { emulatorAddress, placeholderKind } from "../placeholder-keys.ts";
import { utcMoment } from "../moment.ts";
import { notFound } from "./elsewhere.ts";

/** IAM spreads a new key in seconds; after some minutes it is no longer new. */
const NEW_FOR = 300;

const REASON = ["signature.key_not_found"] as const;

export function detectKey(seen: AwsCase): void {
  if (!seen.refused) return;
  const unknown =
    seen.meaning === "key_unknown" ||
    seen.meaning === "token_invalid" ||
    (seen.meaning === null &&
      seen.keyId !== null &&
      isInactive(seen, seen.keyId.trim()));
  if (seen.keyId === null) {
    if (unknown) nothingKnown(seen);
    return;
  }
  if (
    seen.found("request.header_malformed") ||
    seen.found("request.scheme_unsupported")
  )
    return;
  const keyId = seen.keyId.trim();
  if (placeholder(seen, keyId, unknown) || damaged(seen, keyId, unknown))
    return;
  if (!unknown) return;
  if (seen.findings.length > 0 && !seen.found("signature.key_not_found"))
    return;
  notFound(seen);
  tooNew(seen, keyId);
  const kind = kindOfKey(keyId);
  seen.suspect(
    "aws.key_unknown",
    kind === "temporary" ? "possible" : "likely",
    {
      keyId,
      kind,
      account: accountOfKey(keyId),
      inactive: isInactive(seen, keyId),
    },
    REASON,
    isInactive(seen, keyId) ? 4 : 0,
  );
  if (kind === "temporary")
    seen.suspect(
      "aws.session_token_mixed",
      "possible",
      { how: "other_session", keyId },
      REASON,
      -1,
    );
}

function placeholder(seen: AwsCase, keyId: string, unknown: boolean): boolean {
  const kind = placeholderKind(keyId);
  const atAws = seen.endpoint !== null || seen.host === null;
  if (kind === null) return otherSystem(seen, keyId);
  // At a store of one's own such words may be real keys.
  if (!atAws && !(kind !== "emulator" && unknown)) return false;
  if (seen.meaning !== null && !unknown && seen.meaning !== "mismatch")
    return false;
  notFound(seen);
  seen.suspect(
    "aws.placeholder_key",
    "likely",
    {
      keyId,
      kind,
      meant: emulatorAddress(addresses(seen)),
    },
    REASON,
    7,
  );
  return true;
}

/** Where the address of an emulator may stand. */
const addresses = ({ inquiry, configuration }: AwsCase): string =>
  [
    ...configuration.environment.values(),
    inquiry.request?.body ?? "",
    configuration.endpoint ?? "",
    configuration.setting(configuration.profile, "endpoint_url") ?? "",
  ].join("\n");

/** No id of AWS looks so: a word is a placeholder, capital letters and digits are a key of another system. */
function otherSystem(seen: AwsCase, keyId: string): boolean {
  if (!seen.endpoint || keyId === "" || /^A[KS]IA/i.test(keyId)) return false;
  if (seen.meaning !== null && seen.meaning !== "key_unknown") return false;
  notFound(seen);
  if (/^[A-Z0-9]{16,64}$/.test(keyId))
    seen.suspect(
      "aws.key_unknown",
      "likely",
      { keyId, kind: "other", account: null, inactive: false },
      REASON,
    );
  else
    seen.suspect(
      "aws.placeholder_key",
      "likely",
      { keyId, kind: "template", meant: null },
      REASON,
    );
  return true;
}

function damaged(seen: AwsCase, keyId: string, unknown: boolean): boolean {
  if (!/^A[KS]IA/i.test(keyId) || isWholeKeyId(keyId)) return false;
  if (!unknown && seen.meaning !== null) return false;
  if (seen.endpoint === null && !unknown) return false;
  notFound(seen);
  seen.suspect(
    "aws.credential_damaged",
    "likely",
    {
      part: "key_id",
      damage: keyId.length === 20 ? "characters" : "length",
      length: keyId.length,
    },
    REASON,
    5,
  );
  return true;
}

function tooNew(seen: AwsCase, keyId: string): void {
  const at = seen.serviceTime ?? seen.now;
  const made = createdAt(seen, keyId);
  if (made === null || at - made > NEW_FOR || made - at > 60) return;
  seen.suspect(
    "aws.key_too_new",
    "likely",
    { keyId, ageSeconds: Math.max(0, Math.round(at - made)) },
    REASON,
    5,
  );
}

/** By the history, or by an answer of IAM that names the key. */
function createdAt({ inquiry }: AwsCase, keyId: string): number | null {
  const history = inquiry.context?.history ?? [];
  const event = history.findLast(
    (entry) =>
      entry.tokenId === keyId &&
      (entry.event === "key.activated" || entry.event === "token.issued"),
  );
  if (event) return Date.parse(event.at) / 1000;
  for (const { body = "" } of Object.values(inquiry.context?.documents ?? {})) {
    const at = body.indexOf(keyId);
    if (at < 0) continue;
    const near = body.slice(Math.max(0, at - 400), at + 400);
    const date =
      /<CreateDate>([^<]{10,40})<|"CreateDate"\s*:\s*"([^"]{10,40})"/.exec(
        near,
      );
    const made = utcMoment(date?.[1] ?? date?.[2]);
    if (made !== null) return made;
  }
  return null;
}

function isInactive({ inquiry }: AwsCase, keyId: string): boolean {
  if (
    inquiry.context?.history?.some(
      (entry) =>
        entry.tokenId === keyId &&
        /^(?:key\.(?:retired|withdrawn)|token\.revoked)$/.test(entry.event),
    )
  )
    return true;
  return Object.values(inquiry.context?.documents ?? {}).some(
    ({ body = "" }) => {
      const at = body.indexOf(keyId);
      return (
        at >= 0 && /Inactive/.test(body.slice(Math.max(0, at - 300), at + 300))
      );
    },
  );
}

/** Only the answer is known: the causes in the order in which they are met. */
function nothingKnown(seen: AwsCase): void {
  notFound(seen);
  seen.wouldTell(
    "the request would tell which key was sent, and whether its session token was there",
  );
  seen.suspect(
    "aws.key_unknown",
    "possible",
    { keyId: null, kind: "other", account: null, inactive: false },
    REASON,
    1,
  );
  seen.suspect(
    "aws.session_token_missing",
    "possible",
    { keyId: "ASIA…", inEnvironment: false },
    REASON,
  );
}
