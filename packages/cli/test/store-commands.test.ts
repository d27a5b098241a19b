/** Commands for the operator, on a database that an issuer has used, and what they say where the machine or the server does not do its part. */
import { createIssuer, MasterSecret, openSqliteStore } from "@assay/issuer";
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const command = fileURLToPath(new URL("../bin/assay.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "assay-store-commands-"));
const [old, next] = [randomBytes(32), randomBytes(32)];
const text = (...keys: readonly Buffer[]): string =>
  keys.map((key) => key.toString("base64url")).join(" ");

/** What a server does with the database in between: null when it cannot start. */
async function keysUnder(...keys: readonly Buffer[]): Promise<string | null> {
  const store = await openSqliteStore({
    path: join(folder, "assay.db"),
    issuerId: "default",
  });
  try {
    const issuer = await createIssuer({
      issuer: "https://issuer.example",
      store,
      masterKeys: keys.map((key) => new MasterSecret(key)),
    });
    const token = await issuer.context.keys.sign(
      "ES256",
      { iss: "https://issuer.example" },
      { typ: "JWT", lifetimeSeconds: 60 },
    );
    await issuer.close();
    return token;
  } catch {
    return null;
  } finally {
    await store.close();
  }
}

const assay = (
  args: readonly string[],
  masterKey: string,
): { readonly status: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, ...args],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        ASSAY_DATA_FOLDER: folder,
        ASSAY_MASTER_KEY: masterKey,
      },
    },
  );
  return { status, output: stdout + stderr };
};

before(async () => {
  assert.ok(await keysUnder(old));
});
after(() => rmSync(folder, { recursive: true }));

test("reseal seals anew under the first key, until it has nothing to do, and then the old key is not needed", async () => {
  assert.equal(await keysUnder(next), null, "the new key alone opens nothing");
  const first = assay(["reseal"], text(next, old));
  assert.equal(first.status, 0, first.output);
  assert.match(first.output, /^Sealed anew: 1 values, 2 signing keys,/);
  assert.match(
    assay(["reseal"], text(next, old)).output,
    /^Sealed anew: 0 values, 0 signing keys, 0 keys of persons, 0 client secrets\.\n$/,
  );
  assert.ok(await keysUnder(next));
});

test("reseal says so when the keys are others, and changes nothing", async () => {
  const { status, output } = assay(["reseal"], text(randomBytes(32)));
  assert.equal(status, 2);
  assert.match(output, /^assay: .*expected/);
  assert.doesNotMatch(output, /fault of assay/);
  assert.ok(await keysUnder(next));
});

test("mark-restored ends what was issued before", () => {
  const { status, output } = assay(["mark-restored"], text(next));
  assert.equal(status, 0, output);
  assert.match(output, /^All tokens from before are ended/);
  assert.match(
    assay(["mark-restored", "--keep-tokens"], text(next)).output,
    /^Tokens from before stay good/,
  );
});

test("admin-token asks for a first token where there was none yet", () => {
  const { status, output } = assay(["admin-token"], text(next));
  assert.equal(status, 0, output);
  assert.equal(output, "The next start makes one already.\n");
});

test("backup and restore name the file that cannot be used, and nobody is asked to report it", () => {
  for (const [args, said] of [
    [["backup", join(folder, "nowhere/b.db")], /ENOENT: no such file/],
    [["backup", folder], /expected a name for the backup that is free/],
    [["restore", join(folder, "missing.db")], /found none/],
    [["restore", folder], /expected a backup at .*, found what is no file/],
    [["restore", command], /expected a whole database in .*damaged/],
    [["journal", "verify", folder], /a file that can be read, found EISDIR/],
  ] as const) {
    const { status, output } = assay(args, text(next));
    assert.equal(status, 2, output);
    assert.match(output, said);
    assert.doesNotMatch(output, /fault of assay/, args.join(" "));
  }
});

test("an export that breaks off says so, and that the file holds only a part", async () => {
  const out = join(folder, "journal.jsonl");
  const part = '{"part":1}\n';
  const server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/jsonl" });
    response.write(part);
    const waits = setInterval(() => {
      if (!existsSync(out) || readFileSync(out, "utf8") !== part) return;
      clearInterval(waits);
      request.socket.destroy();
    }, 20);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    const { port } = server.address() as AddressInfo;
    await assert.rejects(
      promisify(execFile)(
        process.execPath,
        [command, "journal", "export", "--out", out],
        {
          env: {
            ...process.env,
            ASSAY_SERVER: `http://127.0.0.1:${port}`,
            ASSAY_ADMIN_TOKEN: "asy_at_any",
          },
        },
      ),
      ({ code, stderr }: { code: number; stderr: string }) => {
        assert.equal(code, 2);
        assert.match(
          stderr,
          /^assay: expected the whole journal, found an end after 11 bytes: .*journal\.jsonl holds only a part\n$/,
        );
        return true;
      },
    );
    assert.equal(readFileSync(out, "utf8"), part);
  } finally {
    server.close();
  }
});

test("serve --check reads the certificate too", () => {
  const { status, output } = assay(
    ["serve", "--check", "--tls-certificate", command, "--tls-key", command],
    text(next),
  );
  assert.equal(status, 2, output);
  assert.match(output, /tlsCertificate: expected a certificate in/);
});

test("backup takes the file of settings that serve takes", () => {
  const config = join(folder, "settings.json");
  writeFileSync(
    config,
    JSON.stringify({ database: join(folder, "of-the-file.db") }),
  );
  const { status, output } = assay(
    ["backup", "--config", config, join(folder, "b.db")],
    text(next),
  );
  assert.equal(status, 2);
  assert.match(output, /expected a database at \S+of-the-file\.db, found none/);
});
