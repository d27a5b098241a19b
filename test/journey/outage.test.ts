/** The issuer is away for ten minutes, by the clocks of guards and client: nobody calls a good token bad, and nobody is told to sign in again. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { generateKey, sign } from "@assay/token";
import { freePort } from "../free-port.ts";
import { API } from "../guard/assay-server.ts";
import {
  assay,
  furnish,
  openApi,
  openClient,
  serve,
  signInAt,
  type Api,
} from "./bed.ts";

const HOUR = 3600;
const MINUTE = 60;

test("an outage of ten minutes: good tokens pass, an unknown key is undecided, the client says unavailable; then all goes on", async (t) => {
  const home = mkdtempSync(join(tmpdir(), "assay-outage-"));
  t.after(() => rmSync(home, { recursive: true }));
  const port = await freePort();
  const server = await serve({ home, port });
  t.after(async () => server[Symbol.asyncDispose]());
  await furnish(server, HOUR);
  await using one = await openApi(server);
  await using two = await openApi(server);
  const apis = [one, two];
  await using client = await openClient(server, apis);
  await signInAt(client);
  const passes = async (): Promise<void> => {
    for (const { origin } of apis)
      assert.deepEqual(await client.ask("call", { url: origin }), { 200: 1 });
  };
  await passes();

  // As one would look that the issuer signed with a key that came after the guards had fetched its keys.
  const key = await generateKey("ES256", { kid: "of-tomorrow" });
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: server.issuer, aud: API, sub: "ada", client_id: "cli" };
  const strange = await sign(
    { ...claims, jti: "1", iat, exp: iat + HOUR },
    key,
    { header: { typ: "at+jwt" } },
  );
  const ask = async ({ origin }: Api): Promise<Response> =>
    fetch(origin, { headers: { authorization: `Bearer ${strange}` } });

  assert.equal(await server.process.stop(), 0);
  for (let minute = 1; minute <= 10; minute++) {
    await Promise.all(
      [...apis.map(({ process }) => process), client].map(async (each) =>
        each.ask("turn", MINUTE),
      ),
    );
    await passes();
    for (const api of apis) {
      const response = await ask(api);
      assert.equal(response.status, 503);
      assert.match(response.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
      assert.equal(response.headers.get("www-authenticate"), null);
    }
  }
  // The client's own token has ended meanwhile: it is the issuer that is missing, not a person.
  await client.ask("turn", HOUR);
  for (let tries = 0; tries < 3; tries++) {
    const got = await client.ask("token");
    assert.ok("code" in got);
    assert.equal(got.code, "temporarily_unavailable");
  }

  await using back = await serve({ home, port });
  assert.equal(back.issuer, server.issuer);
  await assay(back, "keys", "rotate", "--force");
  // Nobody signed in again; the tokens are new, and under a new key.
  assert.ok("is" in (await client.ask("token")));
  await passes();
  // The key that is unknown is asked for again after a pause, and is nobody's.
  for (const api of apis) {
    await api.process.ask("turn", MINUTE);
    const { status, headers } = await ask(api);
    assert.equal(status, 401);
    assert.match(headers.get("www-authenticate") ?? "", /invalid_token/);
  }
});
