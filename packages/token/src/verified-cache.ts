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
import type { KeySet } from "./keys/jwk-set.ts";
import type { Key } from "./keys/key.ts";
import type { KeysUnavailable } from "./keys/key-source.ts";
import { PIPELINE, runUntilRefused, type Stop } from "./pipeline.ts";
import { Recent } from "./recent.ts";
import { isAlgorithm } from "./signing/algorithms.ts";
import { keySourceFor } from "./steps/signature.ts";
import type { Claims, JoseHeader } from "./token.ts";

interface Entry {
  readonly header: JoseHeader;
  readonly claims: Claims;
  readonly key: Key;
  readonly bytes: number;
  readonly wasEncrypted: boolean;
}

const REQUEST = 0;
const AFTER_SIGNATURE = PIPELINE.findIndex(({ step }) => step === "expiration");
/** What the parsed claims of a token take beside its text: measured, and rounded up. */
const BYTES_PER_CHARACTER = 8;

/** Tokens that came once are remembered by a number, so many of them. */
const REMEMBERED = 8192;

export class VerifiedCache {
  readonly #entries: Recent<string, Entry>;
  readonly #seen = new Recent<number, true>(REMEMBERED, () => 1);

  constructor(limitBytes: number) {
    this.#entries = new Recent(limitBytes, ({ bytes }) => bytes);
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
    if (!this.#seen.get(mark)) return this.#meet(token, mark);
    const id = platform.fingerprint(token.token);
    return id instanceof Promise
      ? id.then((ready) => this.#runKnown(token, ready))
      : this.#runKnown(token, id);
  }

  /** To digest and to keep a token that never comes again costs more than it saves, and would drive others out. */
  #meet(token: Case, mark: number): MaybePromise<Stop | null> {
    return chain(runUntilRefused(token, REQUEST + 1), (stop) => {
      if (stop === null) this.#seen.set(mark, true);
      return stop;
    });
  }

  #runKnown(token: Case, id: string): MaybePromise<Stop | null> {
    const entry = this.#entries.get(id);
    if (!entry) return this.#verify(token, id);
    const held = this.#holds(token, entry);
    return held instanceof Promise
      ? held.then((holds) => this.#use(token, id, entry, holds))
      : this.#use(token, id, entry, held);
  }

  #use(
    token: Case,
    id: string,
    entry: Entry,
    held: boolean,
  ): MaybePromise<Stop | null> {
    if (!held) {
      this.#entries.delete(id);
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
    const set = source.lookup({ alg, kid: kid ?? null });
    return set instanceof Promise
      ? set.then((ready) => holds(ready, entry.key))
      : holds(set, entry.key);
  }

  #keep({ token, header, claims, key, wasEncrypted }: Case, id: string): void {
    if (!header || !claims || !key) return;
    this.#entries.set(id, {
      header,
      claims: deepFreeze(claims),
      key,
      bytes: (token as string).length * BYTES_PER_CHARACTER,
      wasEncrypted,
    });
  }
}

/** The last characters are those of the signature. Two tokens may share a mark: it says only where to look first. */
function markOf(token: string): number {
  let mark = 0;
  for (let i = Math.max(0, token.length - 16); i < token.length; i++)
    mark = (Math.imul(mark, 31) + token.charCodeAt(i)) | 0;
  return mark;
}

const holds = (set: KeySet | KeysUnavailable, key: Key): boolean =>
  "keys" in set && set.keys.includes(key);
