/** A client's renewals, from end to end: however many calls and processes there are, the issuer is asked once; a lost answer ends nothing. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { listen, openWay } from "../../packages/client/test/bed.ts";
import type { BareServer } from "../guard/assay-server.ts";
import {
  byWay,
  furnish,
  openApi,
  openClient,
  serve,
  signInAt,
  timesTold,
  type Api,
} from "./bed.ts";

/** Of an access token, and a second more. */
const LIFE = 300;
const BEYOND = LIFE + 1;
let server: BareServer;
let api: Api;
before(async () => {
  server = await serve();
  await furnish(server, LIFE);
  api = await openApi(server);
});
after(async () => {
  await api?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

/** How often the issuer renewed while this went on. */
async function renewals(during: () => Promise<void>): Promise<number> {
  const earlier = await timesTold(server, "token.refreshed");
  await during();
  // What was done is told when the journal is sealed.
  let told = 0;
  for (let left = 200; left > 0 && told === 0; left--) {
    told = (await timesTold(server, "token.refreshed")) - earlier;
    if (told === 0) await pause(50);
  }
  return told;
}

test("a thousand calls at once with an expired token: one renewal, and each call is let in", async () => {
  await using client = await openClient(server, [api]);
  await signInAt(client);
  assert.deepEqual(await client.ask("call", { url: api.origin }), { 200: 1 });
  await client.ask("turn", BEYOND);
  const asked = await renewals(async () => {
    assert.deepEqual(
      await client.ask("call", { url: api.origin, times: 1000 }),
      {
        200: 1000,
      },
    );
  });
  assert.equal(asked, 1);
});

test("the same from four processes with one file: one renewal", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-journey-"));
  try {
    const file = join(folder, "tokens.json");
    await using one = await openClient(server, [api], { file });
    await using two = await openClient(server, [api], { file });
    await using three = await openClient(server, [api], { file });
    await using four = await openClient(server, [api], { file });
    const all = [one, two, three, four];
    await signInAt(one);
    // Each of them holds the old token.
    for (const client of all)
      assert.deepEqual(await client.ask("call", { url: api.origin }), {
        200: 1,
      });
    await Promise.all(all.map(async (client) => client.ask("turn", BEYOND)));
    const asked = await renewals(async () => {
      const answers = await Promise.all(
        all.map(async (client) =>
          client.ask("call", { url: api.origin, times: 250 }),
        ),
      );
      assert.deepEqual(
        answers,
        all.map(() => ({ 200: 250 })),
      );
    });
    assert.equal(asked, 1);
    const tokens = await Promise.all(
      all.map(async (client) => client.ask("token")),
    );
    assert.equal(new Set(tokens.map((token) => JSON.stringify(token))).size, 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an answer that the issuer gave and nobody got is asked for again with the same refresh token, and the grant lives", async (t) => {
  const { way, fates } = await openWay(server.issuer);
  t.after(() => way.close());
  await using client = await openClient(server, [api], {
    metadata: byWay(server, `${way.url}/token`),
  });
  await signInAt(client);
  const ends = await timesTold(server, "grant.revoked");
  const renewed = async (requests: number): Promise<void> => {
    await client.ask("turn", BEYOND);
    way.requests.length = 0;
    assert.deepEqual(await client.ask("call", { url: api.origin }), { 200: 1 });
    assert.equal(way.requests.length, requests);
  };
  for (let round = 0; round < 2; round++) {
    fates.push("lose");
    await renewed(2);
    await renewed(1);
  }
  assert.equal(await timesTold(server, "grant.revoked"), ends);
});

test("no token follows a redirect to another origin, and no secret follows one of a token endpoint", async (t) => {
  const stranger = await listen((_, response) => response.end("thanks"));
  t.after(() => stranger.close());
  await using client = await openClient(server, [api]);
  await signInAt(client);
  for (const status of [301, 302, 303, 307, 308]) {
    const to = encodeURIComponent(`${stranger.url}/take?${status}`);
    const url = `${api.origin}/away?status=${status}&to=${to}`;
    for (const body of [undefined, "x"])
      assert.deepEqual(
        await client.ask("call", { url, ...(body !== undefined && { body }) }),
        { 200: 1 },
      );
  }
  assert.equal(stranger.requests.length, 10);
  for (const { headers } of stranger.requests)
    assert.deepEqual(
      [headers.authorization, headers["dpop"], headers.cookie],
      [undefined, undefined, undefined],
    );
  stranger.requests.length = 0;
  const turned = await listen((_, response) =>
    response.writeHead(307, { location: `${stranger.url}/token` }).end(),
  );
  t.after(() => turned.close());
  await using service = await openClient(server, [api], {
    clientId: "service",
    grant: { type: "client_credentials" },
    authentication: { method: "client_secret_post", secret: "a-secret" },
    metadata: byWay(server, `${turned.url}/token`),
  });
  assert.deepEqual(await service.ask("token"), {
    code: "unexpected_answer",
    retryAfterSeconds: null,
  });
  assert.deepEqual([turned.requests.length, stranger.requests.length], [1, 0]);
});
