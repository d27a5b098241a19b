import type { Attempt, Subject } from "./attempt.ts";
import { canonicalParts, unsigned } from "./canonical-request.ts";
import { knownHosts } from "./host-candidates.ts";
import { prefixed } from "./path-writings.ts";
import { declaredHash, payloadHash } from "./payload-hash.ts";
import { Trial } from "./trial.ts";
import { headerAttempts } from "./try-header.ts";
import { hostAttempts, hostChange, hostOfBase } from "./try-host.ts";
import { canonicalOf, pathAttempts } from "./try-path.ts";
import { payloadAttempts } from "./try-payload.ts";
import { queryAttempts } from "./try-query.ts";
import {
  dateAttempts,
  methodAttempts,
  regionAttempts,
  serviceAttempts,
} from "./try-scope.ts";
import { lostCharacterAttempts, secretAttempts } from "./try-secret.ts";
import type {
  Difference,
  DifferenceHints,
  Parsed,
  WireRequest,
} from "./types.ts";
import { indexHeaders, targetOf } from "./wire.ts";

/** By how often it is the fault, and then by what it costs to look. */
const IN_ORDER: readonly ((subject: Subject) => Iterable<Attempt>)[] = [
  firstPayloads,
  hostAttempts,
  secretAttempts,
  payloadAttempts,
  headerAttempts,
  pathAttempts,
  queryAttempts,
  methodAttempts,
  regionAttempts,
  serviceAttempts,
  dateAttempts,
  hostAndPathAttempts,
  lostCharacterAttempts,
];

/** An upload form signs its policy and nothing of the request. */
const OF_POLICY: typeof IN_ORDER = [
  secretAttempts,
  regionAttempts,
  serviceAttempts,
  lostCharacterAttempts,
];

/**
 * The one change that makes a signature right: what was signed, against what arrived. Each try is paid by `spend` before it is computed, with
 * more than one unit where it is long; when that answers false, the search ends. null: none of the changes does it, or it was not paid for.
 */
export async function findDifference(
  request: WireRequest,
  parsed: Parsed,
  secretAccessKey: string,
  hints: DifferenceHints | undefined,
  spend: (units: number) => boolean,
): Promise<Difference | null> {
  if (parsed.algorithm !== "AWS4-HMAC-SHA256" || parsed.amzDate === null)
    return null;
  // A presigned URL may have been signed before its session token was added.
  const ways =
    parsed.form === "query" && parsed.sessionToken !== null
      ? (["signed", "added"] as const)
      : (["signed"] as const);
  const received = await payloadHash(request, parsed);
  for (const way of ways) {
    const subject: Subject = {
      request,
      parsed,
      secretAccessKey,
      hints: hints ?? {},
      target: targetOf(request.url),
      headers: indexHeaders(request),
      receivedPayload: received,
      unsigned: unsigned(parsed, way === "added"),
      base: await canonicalParts(request, parsed, {
        sessionToken: way,
        payloadHash: declaredHash(request, parsed) ?? received,
      }),
    };
    const trial = new Trial(subject, spend);
    for (const attempts of parsed.form === "policy" ? OF_POLICY : IN_ORDER) {
      const found = await trial.firstOf(attempts(subject));
      if (found !== null || trial.spent) return found;
    }
  }
  return null;
}

/** Only the body differs: the signature is right for the hash that the request declares. */
function* firstPayloads(subject: Subject): Generator<Attempt> {
  if (subject.base.payload === subject.receivedPayload) return;
  yield {
    kind: "payload",
    detail: "declared",
    make: () => ({ expected: subject.base.payload }),
  };
}

/** A proxy that changes the host often changes the path with it: a prefix, or the bucket, which may stand in either. */
function* hostAndPathAttempts(subject: Subject): Generator<Attempt> {
  const { path } = subject.target;
  for (const [host, other] of hostsWithPaths(subject, path)) {
    const change = hostChange(subject, host);
    yield {
      kind: "host",
      detail: "name_and_path",
      bytes: 2 * path.length,
      make: () => ({
        ...change,
        parts: { ...change.parts, path: canonicalOf(subject, other) },
      }),
    };
  }
}

function* hostsWithPaths(
  subject: Subject,
  path: string,
): Generator<readonly [string, string]> {
  const found = hostOfBase(subject) ?? "";
  const hosts = knownHosts(subject);
  const [, first, rest] = /^\/([a-z0-9.-]{3,63})(\/.*|)$/s.exec(path) ?? [];
  const [bucket] = found.split(".", 1) as [string];
  for (const host of new Set([...hosts, found])) {
    if (first !== undefined)
      yield [`${first}.${host}`, rest === "" ? "/" : (rest as string)];
    if (host.startsWith(`${bucket}.`))
      yield [host.slice(bucket.length + 1), `/${bucket}${path}`];
    else yield [host, `/${bucket}${path}`];
  }
  for (const host of hosts)
    for (const [other] of prefixed(subject, path)) yield [host, other];
}
