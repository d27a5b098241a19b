import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  checkPrivate,
  newMasterKeyText,
  readMasterKeyFile,
  readOrCreateMasterKeyFile,
} from "./read-master-keys.ts";

describe("a master key as a credential of systemd", () => {
  const [USER, OTHER, ROOT] = [61_000, 1000, 0];
  const path = "/run/credentials/assay.service/master-key";
  const owned = (
    uid: number,
    mode: number,
    gid = uid,
  ): {
    readonly uid: number;
    readonly gid: number;
    readonly mode: number;
  } => ({
    uid,
    gid,
    mode,
  });
  const rootsFolder = owned(ROOT, 0o550);
  for (const [what, found, place] of [
    ["with an access list", owned(ROOT, 0o440), rootsFolder],
    ["of root alone", owned(ROOT, 0o400), owned(ROOT, 0o500)],
    ["given to the user", owned(USER, 0o400), owned(USER, 0o500)],
  ] as const)
    it(`is taken ${what}`, () => checkPrivate(found, place, USER, path));
  for (const [what, found, place, expected] of [
    ["of another user", owned(OTHER, 0o400), rootsFolder, /of the user 1000/],
    [
      "that a group reads",
      owned(ROOT, 0o440, OTHER),
      rootsFolder,
      /of the user 0/,
    ],
    ["that all read", owned(ROOT, 0o444), rootsFolder, /of the user 0/],
    ["that root may write", owned(ROOT, 0o640), rootsFolder, /of the user 0/],
    [
      "in a folder that is open",
      owned(ROOT, 0o440),
      owned(ROOT, 0o755),
      /of the user 0/,
    ],
    [
      "in a folder of another user",
      owned(ROOT, 0o440),
      owned(OTHER, 0o500),
      /of the user 0/,
    ],
    [
      "in a folder of a group",
      owned(ROOT, 0o440),
      owned(ROOT, 0o550, OTHER),
      /of the user 0/,
    ],
    [
      "that lies elsewhere",
      owned(ROOT, 0o440),
      null,
      /or a credential of systemd/,
    ],
    [
      "of our own that others read",
      owned(USER, 0o444),
      rootsFolder,
      /expected mode 0600/,
    ],
  ] as const)
    it(`is refused ${what}`, () =>
      assert.throws(() => checkPrivate(found, place, USER, path), {
        name: "StartError",
        message: expected,
      }));

  it("is looked for in the folder that systemd named, and in no other", () => {
    const credentials = mkdtempSync(join(tmpdir(), "assay-credentials-"));
    const name = join(credentials, "master-key");
    writeFileSync(name, newMasterKeyText(randomBytes), { mode: 0o400 });
    chmodSync(credentials, 0o500);
    assert.ok(readMasterKeyFile(name, credentials)[0]);
    assert.ok(readOrCreateMasterKeyFile(name, randomBytes, credentials)[0]);
    chmodSync(name, 0o444);
    assert.throws(() => readMasterKeyFile(name, credentials), /found 0444/);
    chmodSync(credentials, 0o700);
    rmSync(credentials, { recursive: true });
  });
});
