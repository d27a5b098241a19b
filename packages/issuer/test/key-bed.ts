/** Key rings on a store of the test's own: many servers on one database and one clock. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach } from "node:test";
import { keySet, verify, type KeySource, type Verdict } from "@assay/token";
import {
  MasterSecret,
  openMasterKey,
  type MasterKey,
} from "../src/master-key.ts";
import { KeyRing, type KeyRingOptions } from "../src/signing-keys/key-ring.ts";
import { LocalSigner } from "../src/signing-keys/local-signer.ts";
import { readRingPolicy } from "../src/signing-keys/ring-policy.ts";
import type { PublicSet } from "../src/signing-keys/ring-view.ts";
import { openSqliteStore } from "../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../src/store/store.ts";

const ISSUER = "https://issuer.example";
export const HOUR = 3_600_000;
export const DAY: number = 24 * HOUR;
export const policy = readRingPolicy({}, 3600);
export const kind = { typ: "at+jwt" };

export class KeyBed {
  folder = "";
  store!: Store;
  master!: MasterKey;
  /** What every server's clock shows. */
  now = 0;
  #ids = 0;

  /** A new database for each test of the file that calls this. */
  constructor() {
    const secret = new MasterSecret(randomBytes(32));
    before(() => {
      this.folder = mkdtempSync(join(tmpdir(), "assay-keys-"));
    });
    beforeEach(async () => {
      this.now = Date.UTC(2026, 0, 1);
      this.store = await openSqliteStore({
        path: join(this.folder, `${++this.#ids}.sqlite`),
        issuerId: ISSUER,
      });
      this.master = await openMasterKey(this.store, [secret], randomBytes);
    });
    afterEach(async () => this.store.close());
    after(() => rmSync(this.folder, { recursive: true }));
  }

  /** One server of perhaps many. */
  async server(more: Partial<KeyRingOptions> = {}): Promise<KeyRing> {
    return KeyRing.open({
      store: this.store,
      signer: new LocalSigner(this.master),
      policy,
      clock: () => this.now,
      newEntryId: () => String(++this.#ids).padStart(12, "0"),
      ...more,
    });
  }

  claimsFor(seconds: number): object {
    const iat = Math.floor(this.now / 1000);
    return {
      iss: ISSUER,
      sub: "someone",
      aud: "api",
      client_id: "app",
      jti: "one",
      iat,
      exp: iat + seconds,
    };
  }

  async issue(
    ring: KeyRing,
    algorithm = "ES256",
    lifetimeSeconds = 600,
  ): Promise<string> {
    const claims = this.claimsFor(lifetimeSeconds);
    return ring.sign(algorithm, claims, { ...kind, lifetimeSeconds });
  }

  async judge(token: string, keys: KeySource): Promise<Verdict> {
    return verify(token, {
      issuer: ISSUER,
      audience: "api",
      keys,
      clock: () => this.now,
    });
  }

  async accepted(token: string, keys: KeySource): Promise<void> {
    const verdict = await this.judge(token, keys);
    assert.equal(
      verdict.outcome,
      "accepted",
      verdict.outcome === "accepted" ? "" : verdict.reason,
    );
  }
}

/** The published set as a verifier reads it. */
export const setOf = ({ body }: PublicSet): KeySource =>
  keySet(JSON.parse(body) as { keys: [] });
