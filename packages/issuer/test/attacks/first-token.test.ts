/** The first admin token: who sees it, and what it is good for. */
import assert from "node:assert/strict";
import {
  chmodSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { askForAdminToken, readSettings } from "@assay/issuer";
import { startedServer, type StartedServer } from "./started-server.ts";

let started: StartedServer;
before(async () => {
  started = await startedServer(
    { issuer: "http://localhost:4455" },
    // Somebody was here while the folder was open to others.
    (data) => {
      chmodSync(data, 0o777);
      writeFileSync(join(data, "seen-by-others"), "", { mode: 0o666 });
      symlinkSync("seen-by-others", join(data, "admin-token"));
    },
  );
});
after(() => started.close());

describe("the first admin token", () => {
  it("is said once, to the person who started, and lies in a file that nobody else can read", async () => {
    const line = started.noted.find((one) => one.includes("asy_at_")) ?? "";
    const [token = ""] = /asy_at_\S+/.exec(line) ?? [];
    assert.notEqual(token, "");
    const path = join(started.data, "admin-token");
    assert.equal(readFileSync(path, "utf8"), `${token}\n`);
    assert.equal(lstatSync(path).mode & 0o777, 0o600);
    assert.equal(
      readFileSync(join(started.data, "seen-by-others"), "utf8"),
      "",
    );
    assert.equal(statSync(started.data).mode & 0o777, 0o700);
    assert.equal(
      statSync(join(started.data, "master-key")).mode & 0o777,
      0o600,
    );
    assert.ok(!started.said.join().includes("asy_at_"));
    const open = await fetch(`${started.server.url}/admin/clients`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(open.status, 200);
  });

  it("is of a client that can never authenticate, and is no token for anything else", async () => {
    const token = readFileSync(
      join(started.data, "admin-token"),
      "utf8",
    ).trim();
    const asked = await fetch(`${started.server.url}/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: "assay-setup",
      }),
    });
    assert.equal(asked.status, 401);
    const feed = await fetch(`${started.server.url}/revocations`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(feed.status, 401);
    for (const wrong of [
      token.slice(0, -1),
      `${token.slice(0, -7)}AAAAAA1`,
      token.toLowerCase(),
      `${token}x`,
    ])
      assert.equal(
        (
          await fetch(`${started.server.url}/admin/clients`, {
            headers: { authorization: `Bearer ${wrong}` },
          })
        ).status,
        401,
      );
    for (const path of [
      `/admin/clients?access_token=${token}`,
      "/admin/clients",
    ])
      assert.equal((await fetch(started.server.url + path)).status, 401);
  });

  it("is not given again at the next start", async () => {
    const notes = await started.again();
    assert.ok(!notes.join().includes("asy_at_"));
  });

  it("is given again when who can write to the database asks for it, and then not a third time", async () => {
    const ask = async (): Promise<boolean> =>
      askForAdminToken(readSettings({ dataFolder: started.data }, {}, null));
    await started.server.close();
    assert.deepEqual([await ask(), await ask()], [true, false]);
    const path = join(started.data, "admin-token");
    const first = readFileSync(path, "utf8");
    const notes = await started.again();
    const token = readFileSync(path, "utf8");
    assert.notEqual(token, first);
    assert.ok(notes.join().includes(token.trim()));
    const open = await fetch(`${started.server.url}/admin/clients`, {
      headers: { authorization: `Bearer ${token.trim()}` },
    });
    assert.equal(open.status, 200);
    assert.ok(!(await started.again()).join().includes("asy_at_"));
  });
});
