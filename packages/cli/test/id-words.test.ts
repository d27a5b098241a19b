/** Ids that begin with a hyphen, as one of 64 does, given to the command as they were pasted; a server on loopback tells what it was asked. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../bin/assay.js", import.meta.url));
const asked: string[] = [];
/** Knows nothing, and notes what it was asked for. */
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += String(chunk)));
  request.on("end", () => {
    asked.push(`${request.url} ${body}`);
    response.writeHead(404, { "content-type": "application/problem+json" });
    response.end(JSON.stringify({ status: 404, title: "Not found" }));
  });
});
before(() => new Promise<void>((go) => server.listen(0, "127.0.0.1", go)));
after(() => server.close());

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly asked: readonly string[];
}

const assay = async (...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    asked.length = 0;
    const { port } = server.address() as AddressInfo;
    const child = execFile(
      process.execPath,
      [command, ...args],
      {
        env: {
          ...process.env,
          ASSAY_SERVER: `http://127.0.0.1:${port}`,
          ASSAY_ADMIN_TOKEN: "of-a-test",
        },
      },
      (_, out, notes) =>
        resolve({
          status: child.exitCode,
          out: out + notes,
          asked: [...asked],
        }),
    );
  });

const KID = "-VuXl3v5Cz4NoEu3Kf1eJVr3NnkQ2vJf0m1yYkq-m_c";
const HANDLES = [
  ["any letter", "-sb3NX-w92gQvSXTsBoMoA"],
  ["what -V begins with", "-Vb3NX-w92gQvSXTsBoMoA"],
  ["what -h begins with", "-hb3NX-w92gQvSXTsBoMoA"],
  ["another hyphen", "--b3NX-w92gQvSXTsBoMoA"],
] as const;

for (const [what, handle] of HANDLES)
  test(`a handle that begins with a hyphen and ${what} is read`, async () => {
    for (const words of [
      [handle],
      ["--json", handle],
      [handle, "--json"],
      ["--", handle],
    ]) {
      const ran = await assay("diagnosis", ...words);
      assert.deepEqual(
        ran.asked,
        [`/admin/diagnoses/read ${JSON.stringify({ handle })}`],
        ran.out,
      );
    }
  });

test("a key id, a fingerprint and a handle that begin with a hyphen are taken where an id is due", async () => {
  const [, fingerprint] = HANDLES[1];
  for (const [words, url] of [
    [["keys", "withdraw", KID], `/admin/keys/${KID}/withdraw`],
    [["explain", fingerprint], "/admin/tokens/lookup"],
    [["token", "revoke", fingerprint], "/admin/tokens/revoke"],
    [["journal", "list", "--token", KID], `tokenId=${KID}`],
    [
      ["journal", "list", "--token", fingerprint, "--newest"],
      `tokenId=${fingerprint}`,
    ],
  ] as const) {
    const ran = await assay(...words);
    assert.ok(ran.asked[0]?.includes(url), `${ran.asked[0]} ${ran.out}`);
  }
});

test("an option that is mistyped is no id, however long it is", async () => {
  const ran = await assay("token", "revoke", "--account-of-some-one-");
  assert.equal(ran.status, 2);
  assert.match(ran.out, /unknown option '--account-of-some-one-'/);
  assert.deepEqual(ran.asked, []);
});
