/** The key of bound tokens in a file: one for all processes of a person, and nobody else's. */
import assert from "node:assert/strict";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, it } from "node:test";
import { thumbprint } from "@assay/token";
import { FileStore, keptDpopKey } from "../src/node.ts";
import { askInProcess } from "./ask-in-process.ts";
import { openBed, type Bed } from "./bed.ts";

const GRANT = { type: "authorization_code" } as const;
let bed: Bed;
let folder = "";
let file = "";
let keyFile = "";
before(async () => {
  bed = await openBed();
});
after(async () => bed.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-client-"));
  file = join(folder, "tokens.json");
  keyFile = join(folder, "deep", "key.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const jktOf = async (): Promise<string> =>
  thumbprint(
    JSON.parse(readFileSync(keyFile, "utf8")) as Readonly<
      Record<string, unknown>
    >,
  );

it("is made once, by whoever comes first, and cannot be read out of memory", async () => {
  const pairs = await Promise.all(
    Array.from({ length: 8 }, async () => keptDpopKey(keyFile)),
  );
  const texts = await Promise.all(
    pairs.map(async ({ publicKey }) =>
      JSON.stringify(await crypto.subtle.exportKey("jwk", publicKey)),
    ),
  );
  assert.equal(new Set(texts).size, 1);
  for (const { privateKey } of pairs)
    await assert.rejects(crypto.subtle.exportKey("jwk", privateKey));
  assert.equal(statSync(keyFile).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, "deep")).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(join(folder, "deep")), ["key.json"]);
});

it("binds the tokens that processes share: each of them can present and renew them", async () => {
  const source = bed.source({
    grant: GRANT,
    store: new FileStore(file),
    dpop: await keptDpopKey(keyFile),
  });
  await bed.signIn(source);
  const first = await source.token();
  assert.equal(first.type, "DPoP");
  const settings = { ...bed.settings(GRANT), keyFile };
  const asked = async (offset: number): Promise<string> => {
    const { go, answer } = await askInProcess(file, { ...settings, offset });
    go();
    return answer;
  };
  const [present, renewed] = [await asked(0), await asked(301_000)];
  assert.match(renewed, /^[0-9a-f]{64} DPoP$/);
  assert.notEqual(present, renewed);
  assert.equal(await asked(301_000), renewed);
  const { jkt } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly jkt: string;
  };
  assert.equal(jkt, await jktOf());
});

it("that others can read, or that is none, is refused, and stays as it is", async () => {
  await keptDpopKey(keyFile);
  chmodSync(keyFile, 0o640);
  await assert.rejects(keptDpopKey(keyFile), {
    code: "configuration",
    found: "mode 640",
  });
  for (const text of ["", "{}", '{"kty":"EC","crv":"P-384"}']) {
    writeFileSync(keyFile, text, { mode: 0o600 });
    chmodSync(keyFile, 0o600);
    await assert.rejects(keptDpopKey(keyFile), {
      code: "configuration",
      found: "something else",
    });
    assert.equal(readFileSync(keyFile, "utf8"), text);
  }
});
