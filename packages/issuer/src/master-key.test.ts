import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { keySet, verify } from "@assay/token";
import { sealSecret, unsealSecret } from "./clients/sealed-secret.ts";
import { PERSONAL_KEY, PersonalFields } from "./journal/personal-fields.ts";
import {
  DATA_ROOT,
  MasterKey,
  MasterSecret,
  openMasterKey,
  UnsealError,
} from "./master-key.ts";
import {
  parseMasterKeys,
  readMasterKeyFile,
  readOrCreateMasterKeyFile,
} from "./master-key/read-master-keys.ts";
import { resealAll } from "./master-key/reseal-all.ts";
import { KeyRing } from "./signing-keys/key-ring.ts";
import { LocalSigner } from "./signing-keys/local-signer.ts";
import { readRingPolicy } from "./signing-keys/ring-policy.ts";
import { StartError } from "./start-error.ts";
import { openSqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Store } from "./store/store.ts";

const bytes = randomBytes(32);
const one = new MasterSecret(bytes);
const two = new MasterSecret(randomBytes(32));
const text = (value: string): Uint8Array => Buffer.from(value);
const read = (value: Uint8Array): string => Buffer.from(value).toString();

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-master-"));
});
after(() => rmSync(folder, { recursive: true }));

describe("a master key", () => {
  const key = new MasterKey([one], randomBytes(32), randomBytes);
  const sealed = key.seal("purpose", text("a secret"), "place");

  it("opens what it sealed, and seals the same differently each time", () => {
    assert.equal(read(key.unseal("purpose", sealed, "place")), "a secret");
    assert.notEqual(key.seal("purpose", text("a secret"), "place"), sealed);
    assert.match(sealed, /^v1\.[\w-]{11}\.[\w-]{48}$/);
  });

  const flip = (at: number): string => {
    const [version, keyId, body = ""] = sealed.split(".");
    const changed = Buffer.from(body, "base64url");
    changed[at] = (changed[at] ?? 0) ^ 1;
    return `${version}.${keyId}.${changed.toString("base64url")}`;
  };
  const refused: readonly (readonly [string, () => unknown])[] = [
    ["for another purpose", () => key.unseal("other", sealed, "place")],
    ["at another place", () => key.unseal("purpose", sealed, "other")],
    ["with a changed nonce", () => key.unseal("purpose", flip(0), "place")],
    ["with a changed text", () => key.unseal("purpose", flip(13), "place")],
    ["with a changed tag", () => key.unseal("purpose", flip(35), "place")],
    ["cut short", () => key.unseal("purpose", sealed.slice(0, -4), "place")],
    ["that is no sealed text", () => key.unseal("purpose", "x", "place")],
    [
      "under another master key",
      () =>
        new MasterKey([two], null, randomBytes).unseal(
          "purpose",
          sealed,
          "place",
        ),
    ],
  ];
  for (const [what, open] of refused)
    it(`does not open a text ${what}`, () => {
      assert.throws(open, UnsealError);
    });

  it("seals with its first secret and opens with all of them", () => {
    const both = new MasterKey([two, one], null, randomBytes);
    assert.equal(read(both.unseal("purpose", sealed, "place")), "a secret");
    assert.equal(both.needsReseal(sealed), true);
    const again = both.reseal("purpose", sealed, "place");
    assert.equal(both.needsReseal(again), false);
    const newer = new MasterKey([two], null, randomBytes);
    assert.equal(read(newer.unseal("purpose", again, "place")), "a secret");
  });

  it("derives another key for each label, always the same", () => {
    const root = randomBytes(32);
    const derive = (secret: MasterSecret, label: string): string =>
      Buffer.from(
        new MasterKey([secret], root, randomBytes).derive(label, 32),
      ).toString("hex");
    assert.equal(derive(one, "marks"), derive(two, "marks"));
    assert.notEqual(derive(one, "marks"), derive(one, "nonces"));
  });

  it("shows nothing of itself", () => {
    const shown = [key, one].flatMap((value) => [
      String(value),
      JSON.stringify({ value }),
      inspect(value, { depth: 9, showHidden: true }),
    ]);
    for (const said of shown) {
      assert.match(said, /\[master key [\w-]{11}\]/);
      for (const form of ["hex", "base64", "base64url"] as const)
        assert(!said.includes(bytes.toString(form)));
    }
  });
});

describe("reading master keys", () => {
  it("takes base64url, base64 and hex, one or several", () => {
    const found = ["base64url", "base64", "hex"].map(
      (form) =>
        parseMasterKeys(bytes.toString(form as "hex"), "the key")[0]?.keyId,
    );
    assert.deepEqual(found, [one.keyId, one.keyId, one.keyId]);
    const other = randomBytes(32).toString("hex");
    const several = parseMasterKeys(
      `${other},\n${bytes.toString("hex")}\n`,
      "the key",
    );
    assert.equal(several[1]?.keyId, one.keyId);
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ["nothing", "  ", /found nothing/],
    ["a password", "correct horse", /found 7 characters that are not/],
    ["31 bytes", bytes.toString("hex").slice(2), /found 62 characters/],
    ["a placeholder", "ab".repeat(32), /bytes that repeat/],
    [
      "one key twice",
      `${bytes.toString("hex")} ${bytes.toString("base64")}`,
      /found one twice/,
    ],
  ];
  for (const [what, given, message] of wrong)
    it(`refuses ${what}, and quotes nothing of it`, () => {
      assert.throws(
        () => parseMasterKeys(given, "ASSAY_MASTER_KEY"),
        (error) =>
          error instanceof StartError &&
          error.message.startsWith("ASSAY_MASTER_KEY: expected ") &&
          message.test(error.message) &&
          given
            .split(/\s/)
            .every((word) => word === "" || !error.message.includes(word)),
      );
    });

  const file = (name: string, mode = 0o600): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes.toString("base64url"));
    chmodSync(path, mode);
    return path;
  };
  it("makes a file of mode 0600 when there is none, and reads it from then on", () => {
    const path = join(folder, "made");
    const [made] = readOrCreateMasterKeyFile(path, randomBytes);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(
      readOrCreateMasterKeyFile(path, randomBytes)[0]?.keyId,
      made?.keyId,
    );
    assert.equal(readMasterKeyFile(path)[0]?.keyId, made?.keyId);
  });
  it("never writes over a file, whatever is in it", () => {
    const path = join(folder, "empty");
    writeFileSync(path, "", { mode: 0o600 });
    assert.throws(
      () => readOrCreateMasterKeyFile(path, randomBytes),
      /found nothing/,
    );
    assert.equal(readFileSync(path, "utf8"), "");
  });
  for (const mode of [0o640, 0o604, 0o644, 0o660, 0o700])
    it(`refuses a file of mode 0${mode.toString(8)}`, () => {
      assert.throws(
        () => readMasterKeyFile(file("open", mode)),
        (error) =>
          error instanceof StartError &&
          error.message.endsWith(`found 0${mode.toString(8)}`) &&
          error.tryInstead?.startsWith("chmod 600 ") === true,
      );
    });
  // Only root can give a file away; anybody else cannot read root's at all, or reads one that is not theirs.
  it("refuses a file of another user", () => {
    const path = file("foreign");
    if (process.getuid?.() === 0) chownSync(path, 65_534, 65_534);
    const foreign = process.getuid?.() === 0 ? path : "/etc/hostname";
    assert.throws(
      () => readMasterKeyFile(foreign),
      /found one of the user \d+/,
    );
  });
  it("takes a file that its owner may only read", () => {
    assert.equal(
      readMasterKeyFile(file("readonly", 0o400))[0]?.keyId,
      one.keyId,
    );
  });
  it("refuses a link, a folder, a file that is not there, and one that is too long", () => {
    const link = join(folder, "link");
    symlinkSync(file("behind-the-link"), link);
    assert.throws(() => readMasterKeyFile(link), /found ELOOP/);
    const directory = join(folder, "directory");
    mkdirSync(directory, { mode: 0o600 });
    assert.throws(() => readMasterKeyFile(directory), /found another kind/);
    assert.throws(
      () => readMasterKeyFile(join(folder, "none")),
      /found ENOENT/,
    );
    const long = file("long");
    writeFileSync(long, "a".repeat(4097));
    assert.throws(
      () => readMasterKeyFile(long),
      /at most 4096 bytes, found 4097/,
    );
  });
});

describe("the data root", () => {
  let store: Store;
  let count = 0;
  beforeEach(async () => {
    store = await openSqliteStore({
      path: join(folder, `${++count}.sqlite`),
      issuerId: "https://issuer.example",
    });
  });
  afterEach(async () => store.close());
  const label = (key: MasterKey): string =>
    Buffer.from(key.derive("marks", 16)).toString("hex");

  it("is made once, also where many servers start at the same time", async () => {
    const keys = await Promise.all(
      Array.from({ length: 5 }, async () =>
        openMasterKey(store, [one], randomBytes),
      ),
    );
    assert.equal(new Set(keys.map(label)).size, 1);
  });

  it("does not open under another master key, and the start says which is missing", async () => {
    await openMasterKey(store, [one], randomBytes);
    await assert.rejects(
      openMasterKey(store, [two], randomBytes),
      (error) =>
        error instanceof StartError &&
        error.message.includes(one.keyId) &&
        error.message.includes(two.keyId),
    );
  });

  it("outlives a change of the master key, and so do the signing keys", async () => {
    const now = Date.UTC(2026, 0, 1);
    const ringUnder = async (master: MasterKey): Promise<KeyRing> =>
      KeyRing.open({
        store,
        signer: new LocalSigner(master),
        policy: readRingPolicy({}, 3600),
        clock: () => now,
        newEntryId: () => randomBytes(16).toString("base64url"),
      });
    const first = await openMasterKey(store, [one], randomBytes);
    const ring = await ringUnder(first);
    await ring.rotate("ES256", { force: true });
    const published = await ring.publicSet();
    const sealedSecret = sealSecret(first, "a client's secret", "app", "s1");
    const secretEntry = {
      id: "0",
      at: now,
      event: "client.secret_rotated" as const,
      personal: null,
    };
    await store.addSecret(
      {
        secretId: "s1",
        clientId: "app",
        digest: "digest",
        sealed: sealedSecret,
        createdAt: now,
        expiresAt: null,
        lastUsedAt: null,
      },
      now,
      secretEntry,
    );
    const person = async (master: MasterKey, n: number): Promise<unknown> => {
      const fields = new PersonalFields({
        store,
        master,
        clock: () => now,
        random: randomBytes,
      });
      return fields.seal({
        subject: `person-${n}`,
        clientId: null,
        ip: null,
        agent: null,
      });
    };
    for (let n = 0; n < 120; n++) await person(first, n);
    const [erased] = await store.listSealed("personal_key", [], 1);
    assert(erased?.id[0] !== undefined);
    await store.erasePersonalKey(erased.id[0], now, {
      ...secretEntry,
      id: "00",
      event: "subject.deleted",
    });

    const both = await openMasterKey(store, [two, one], randomBytes);
    const entry = { id: "1", at: now, personal: null };
    assert.deepEqual(await resealAll(store, both, entry), {
      values: 1,
      signingKeys: 3,
      personalKeys: 119,
      clientSecrets: 1,
    });
    // Again, as after an interruption: nothing is left to do.
    assert.deepEqual(await resealAll(store, both, { ...entry, id: "2" }), {
      values: 0,
      signingKeys: 0,
      personalKeys: 0,
      clientSecrets: 0,
    });

    const last = await openMasterKey(store, [two], randomBytes);
    assert.equal(label(last), label(first));
    const later = await ringUnder(last);
    const set = await later.publicSet();
    assert.deepEqual(set, published);
    const token = await later.sign(
      "ES256",
      { iss: "us", aud: "api", exp: now / 1000 + 60 },
      { typ: "JWT", lifetimeSeconds: 60 },
    );
    const verdict = await verify(token, {
      kind: "any",
      issuer: "us",
      audience: "api",
      keys: keySet(set),
      clock: () => now,
    });
    assert.equal(verdict.outcome, "accepted");
    await assert.rejects(openMasterKey(store, [one], randomBytes), StartError);
    await store.seal(100);
    const told = await store.readJournal({
      limit: 9,
      event: "master_key.rotated",
    });
    assert.deepEqual(
      told.map(({ facts }) => [facts?.["key"], facts?.["personalKeys"]]),
      [
        [two.keyId, 119],
        [two.keyId, 0],
      ],
    );
    const [kept] = await store.listSealed("client_secret", [], 1);
    const secret = unsealSecret(last, kept?.sealed ?? "", "app", "s1");
    assert.equal(read(secret), "a client's secret");
    const people = await store.listSealed("personal_key", [], 200);
    assert.equal(people.length, 119);
    for (const { id, sealed } of people)
      assert.equal(last.unseal(PERSONAL_KEY, sealed, id[0] ?? "").length, 32);
    const root = await store.readValue(DATA_ROOT);
    assert(root?.startsWith(`v1.${two.keyId}.`));
  });
});
