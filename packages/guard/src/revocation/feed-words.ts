/**
 * What an issuer's feed says, judged before it is believed: the JWTs by the issuer's published keys and by their type, the rest by its form.
 * The form of the feed is told in docs/guides/revocation-table.md.
 */
import {
  createVerifier,
  type Claims,
  type KeySource,
  type Verifier,
} from "@assay/token";
import { MAX_EVENT } from "./event-stream.ts";
import { FeedFault } from "./feed-fault.ts";
import { MOST_PLACES } from "./revoked-places.ts";

export interface Heartbeat {
  /** Seconds since the epoch, with milliseconds. */
  readonly iat: number;
  /** Every revocation up to this number went over the connection before. */
  readonly seq: number;
  /** The published keys: a token under any other is over. */
  readonly kids: ReadonlySet<string>;
  /** Another one: the published keys have changed. */
  readonly etag: string;
}

export interface SnapshotPart {
  readonly resource: string;
  readonly seq: number;
  /** From 1. */
  readonly part: number;
  readonly last: boolean;
  readonly lists: readonly {
    readonly list: string;
    readonly indexes: readonly number[];
  }[];
}

export interface RevokedPlace {
  readonly seq: number;
  readonly list: string;
  readonly index: number;
}

export interface Speaker {
  readonly issuer: string;
  /** Whose snapshot it is. */
  readonly clientId: string;
  readonly keys: KeySource;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Seconds. */
  readonly clockTolerance: number;
}

/** By so much the issuer's clock may be ahead, in seconds: a heartbeat counts milliseconds. Its age is never taken for less than what has passed here. */
const AHEAD = 5;
/** A snapshot is signed while it is read, and not older than this, in seconds. */
const SNAPSHOT_AGE = 60;
/** Threat: members without end. A published set has a few dozen keys. */
const MOST_KEYS = 1000;
const LONGEST_NAME = 256;

export class FeedWords {
  readonly #heartbeats: Verifier;
  readonly #snapshots: Verifier;

  constructor({ issuer, clientId, keys, clock, clockTolerance }: Speaker) {
    const signed = {
      kind: "any",
      issuer,
      keys,
      clock,
      clockTolerance: clockTolerance + AHEAD,
      maxLength: MAX_EVENT,
    } as const;
    this.#heartbeats = createVerifier({
      ...signed,
      audience: null,
      requiredClaims: ["iat", "seq", "kids", "jwks_etag"],
    });
    this.#snapshots = createVerifier({
      ...signed,
      audience: clientId,
      maxAge: SNAPSHOT_AGE,
      requiredClaims: ["iat", "seq", "resource", "part", "last", "lists"],
    });
  }

  async heartbeat(jwt: string): Promise<Heartbeat> {
    const claims = await opened(this.#heartbeats, jwt, "heartbeat");
    const { kids, jwks_etag: etag } = claims;
    if (!isList(kids) || kids.length > MOST_KEYS || !kids.every(isName))
      throw new FeedFault("a heartbeat whose kids are no list of names");
    if (!isName(etag))
      throw new FeedFault("a heartbeat whose jwks_etag is no text");
    return {
      iat: claims.iat as number,
      seq: numberIn(claims, "seq"),
      kids: new Set(kids),
      etag,
    };
  }

  async snapshot(jwt: string): Promise<SnapshotPart> {
    const claims = await opened(this.#snapshots, jwt, "snapshot");
    const { resource, last, lists } = claims;
    if (!isName(resource) || typeof last !== "boolean")
      throw new FeedFault("a snapshot without resource or last");
    if (!isList(lists) || !lists.every(isListOfPlaces))
      throw new FeedFault("a snapshot whose lists are no lists of places");
    return {
      resource,
      seq: numberIn(claims, "seq"),
      part: numberIn(claims, "part"),
      last,
      lists,
    };
  }
}

export function readRevoked(data: string): RevokedPlace {
  const { seq, list, idx } = objectIn(data);
  if (!isNumber(seq) || !isName(list) || !isPlace(idx))
    throw new FeedFault("a revocation without its number or place");
  return { seq, list, index: idx };
}

/** Why the server ends the stream. */
export function readEnd(data: string): string {
  const { why } = objectIn(data);
  return isName(why) ? why : "no reason";
}

/** Another JWT of the same issuer must not pass for a word of the feed (RFC 8725 section 3.11). */
async function opened(
  verifier: Verifier,
  jwt: string,
  what: "heartbeat" | "snapshot",
): Promise<Claims> {
  const verdict = await verifier.verify(jwt);
  if (verdict.outcome !== "accepted")
    throw new FeedFault(
      verdict.reason === "expiration.issued_in_future" ||
        verdict.reason === "expiration.too_old"
        ? `a ${what} of another time: the clocks of issuer and guard differ`
        : `a ${what} that was ${verdict.outcome === "undecided" ? "left undecided" : "refused"}: ${verdict.reason}`,
    );
  const { header, claims } = verdict.token;
  if (header.typ?.toLowerCase() !== `assay-revocations-${what}+jwt`)
    throw new FeedFault(`a ${what} of another type`);
  return claims;
}

function numberIn(claims: Claims, name: string): number {
  const value = claims[name];
  if (!isNumber(value))
    throw new FeedFault(`${name} is no whole number of at least 0`);
  return value;
}

function objectIn(data: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(data);
    if (isObject(value)) return value;
  } catch {
    // Told below.
  }
  throw new FeedFault("an event whose data is no JSON object");
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value);
const isName = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= LONGEST_NAME;
const isNumber = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
const isPlace = (value: unknown): value is number =>
  isNumber(value) && value < MOST_PLACES;
const isListOfPlaces = (
  value: unknown,
): value is SnapshotPart["lists"][number] =>
  isObject(value) &&
  isName(value["list"]) &&
  isList(value["indexes"]) &&
  value["indexes"].every(isPlace);
