/**
 * Tokens whose form, signature and issuer have been found right, so that the same token need not be verified again. Everything that
 * can change (time, audience, binding, scope, revocation) is judged at each use, by the same steps. The key of an entry is
 * SHA-256 of the whole token: a token that differs in one bit is another one. Refusals and doubts are never kept.
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

export class VerifiedCache {
  readonly #entries = new Map<string, Entry>();
  readonly #limit: number;
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limit = limitBytes;
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
    const id = platform.fingerprint(token.token);
    return id instanceof Promise
      ? id.then((ready) => this.#runKnown(token, ready))
      : this.#runKnown(token, id);
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
      this.#remove(id, entry);
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
    const bytes = (token as string).length * BYTES_PER_CHARACTER;
    if (bytes > this.#limit) return;
    // The same token may have been verified twice at the same time: it must not be counted twice.
    const same = this.#entries.get(id);
    if (same) this.#remove(id, same);
    this.#entries.set(id, {
      header,
      claims: deepFreeze(claims),
      key,
      bytes,
      wasEncrypted,
    });
    this.#bytes += bytes;
    // The oldest go first: a Map remembers the order of insertion.
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#limit) break;
      this.#remove(oldest, entry);
    }
  }

  #remove(id: string, entry: Entry): void {
    if (this.#entries.delete(id)) this.#bytes -= entry.bytes;
  }
}

const holds = (set: KeySet | KeysUnavailable, key: Key): boolean =>
  "keys" in set && set.keys.includes(key);
