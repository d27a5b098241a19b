/**
 * Tokens whose form, signature and issuer have been found right, so that the same token need not be verified again. Everything that
 * can change (time, audience, binding, scope, revocation) is judged at each use, by the same steps. The key of an entry is
 * SHA-256 of the whole token: a token that differs in one bit is another one. A token is kept when it is accepted for the second time;
 * refusals and doubts are never kept.
 */
import { platform } from "#crypto";
import type { Case } from "./case.ts";
import { chain } from "./crypto/chain.ts";
import type { MaybePromise } from "./crypto/platform.ts";
import { deepFreeze } from "./formats/jws.ts";
import type { Key } from "./keys/key.ts";
import { PIPELINE, runUntilRefused, type Stop } from "./pipeline.ts";
import { isAlgorithm } from "./signing/algorithms.ts";
import { keySourceFor } from "./steps/signature.ts";
import type { Claims, JoseHeader } from "./token.ts";

interface Entry {
  readonly header: JoseHeader;
  readonly claims: Claims;
  readonly key: Key;
  readonly wasEncrypted: boolean;
}

const REQUEST = 0;
const AFTER_SIGNATURE = PIPELINE.findIndex(({ step }) => step === "expiration");
/** What the parsed claims of a token take beside its text: measured, and rounded up. */
const BYTES_PER_CHARACTER = 8;

/** Tokens that came once are remembered by a number, each at a place that a later one may take: so many places, a power of two. */
const PLACES = 8192;

export class VerifiedCache {
  /** Two generations: a full one drops the other whole, since to look for the single oldest entry would cost a walk each time. */
  #newer = new Map<string, Entry>();
  #older = new Map<string, Entry>();
  readonly #limit: number;
  #bytes = 0;
  readonly #seen = new Int32Array(PLACES);

  constructor(limitBytes: number) {
    this.#limit = limitBytes / 2;
  }

  /** Runs the steps, leaving out form and signature for a token that is known. */
  run(token: Case): MaybePromise<Stop | null> {
    const judgement = (PIPELINE[REQUEST] as (typeof PIPELINE)[number]).judge(
      token,
    );
    if (
      Array.isArray(judgement) ||
      typeof token.token !== "string" ||
      token.token.length > token.policy.maxLength
    )
      return runUntilRefused(token);
    const mark = markOf(token.token);
    if (this.#seen[mark & (PLACES - 1)] !== mark)
      return this.#meet(token, mark);
    return chain(platform.fingerprint(token.token), (id) =>
      this.#runKnown(token, id),
    );
  }

  /** To digest and to keep a token that never comes again costs more than it saves, and would drive others out. */
  #meet(token: Case, mark: number): MaybePromise<Stop | null> {
    return chain(runUntilRefused(token, REQUEST + 1), (stop) => {
      if (stop === null) this.#seen[mark & (PLACES - 1)] = mark;
      return stop;
    });
  }

  #runKnown(token: Case, id: string): MaybePromise<Stop | null> {
    const entry = this.#newer.get(id) ?? this.#older.get(id);
    if (!entry) return this.#verify(token, id);
    return chain(this.#holds(token, entry), (held) =>
      this.#use(token, id, entry, held),
    );
  }

  #use(
    token: Case,
    id: string,
    entry: Entry,
    held: boolean,
  ): MaybePromise<Stop | null> {
    if (!held) {
      this.#newer.delete(id);
      this.#older.delete(id);
      return this.#verify(token, id);
    }
    token.header = entry.header;
    token.claims = entry.claims;
    token.key = entry.key;
    token.wasEncrypted = entry.wasEncrypted;
    return runUntilRefused(token, AFTER_SIGNATURE);
  }

  #verify(token: Case, id: string): MaybePromise<Stop | null> {
    return chain(runUntilRefused(token, REQUEST + 1), (stop) => {
      if (stop === null) this.#keep(token, id);
      return stop;
    });
  }

  /** A key that has left the issuer's set takes its tokens with it. */
  #holds(token: Case, entry: Entry): MaybePromise<boolean> {
    const source = keySourceFor(token.policy, entry.claims);
    const { alg, kid } = entry.header;
    if (source === null || source === "unknown" || !isAlgorithm(alg))
      return false;
    return chain(
      source.lookup({ alg, kid: kid ?? null }),
      (set) => "keys" in set && set.keys.includes(entry.key),
    );
  }

  #keep({ token, header, claims, key, wasEncrypted }: Case, id: string): void {
    if (!header || !claims || !key) return;
    const bytes = (token as string).length * BYTES_PER_CHARACTER;
    if (bytes > this.#limit) return;
    this.#bytes += bytes;
    if (this.#bytes > this.#limit) {
      this.#older = this.#newer;
      this.#newer = new Map();
      this.#bytes = bytes;
    }
    deepFreeze(claims);
    this.#newer.set(id, { header, claims, key, wasEncrypted });
  }
}

/** The last characters are those of the signature. Two tokens may share a mark: it says only where to look first. */
function markOf(token: string): number {
  let mark = 0;
  for (let i = Math.max(0, token.length - 16); i < token.length; i++)
    mark = (Math.imul(mark, 31) + token.charCodeAt(i)) | 0;
  return mark;
}
