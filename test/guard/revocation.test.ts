/** Revocation from end to end: `assay serve`, guards in processes of their own, a client that revokes, and a connection that goes dead. */
import assert from "node:assert/strict";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { API, startAssayServer, type AssayServer } from "./assay-server.ts";
import { forkGuards, type GuardsProcess } from "./fork-guards.ts";

const whom = ({ issuer, api }: AssayServer) => ({
  issuer,
  audience: API,
  ...api,
  statusLists: true,
  count: 1,
});

async function statusAt(origin: string, token: string): Promise<number> {
  const response = await fetch(origin, {
    headers: { authorization: `Bearer ${token}` },
  });
  await response.text();
  return response.status;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

const decides = async (guards: GuardsProcess, by: string): Promise<void> =>
  until(async () =>
    (await guards.statuses()).every((status) => status.by === by),
  );

test("what a client revokes, every guard refuses, and nothing else; closed guards let their process end", async () => {
  await using server = await startAssayServer();
  // Without status lists: it is the feed that tells. A machine that is slow must not look like silence.
  const feedAlone = { ...whom(server), statusLists: false, maxAge: 60 };
  await using one = await forkGuards(feedAlone);
  await using two = await forkGuards({ ...feedAlone, count: 3 });
  const doors = [...one.origins, ...two.origins];
  const ask = async (token: string): Promise<readonly number[]> =>
    Promise.all(doors.map(async (origin) => statusAt(origin, token)));

  const kept = await server.token();
  for (let round = 0; round < 20; round++) {
    const token = await server.token();
    assert.deepEqual(await ask(token), [200, 200, 200, 200]);
    await server.revoke(token);
    await until(async () =>
      (await ask(token)).every((status) => status === 401),
    );
  }
  assert.deepEqual(await ask(kept), [200, 200, 200, 200]);

  // A guard that starts now knows of all of them.
  const late = await server.token();
  await server.revoke(late);
  await using three = await forkGuards(feedAlone);
  const [door = ""] = three.origins;
  assert.deepEqual(
    [await statusAt(door, late), await statusAt(door, kept)],
    [401, 200],
  );
  for (const guards of [one, two, three]) assert.equal(await guards.end(), 0);
});

/** Passes a TCP connection on, until it is told to hold everything back: both ends stay open and hear nothing. */
interface Pipe extends AsyncDisposable {
  readonly origin: string;
  /** Connections that were opened through it. */
  readonly opened: number;
  holds: boolean;
  /** True: connections are closed, those that are there and those that come. */
  cuts: boolean;
}

async function pipeTo(target: string): Promise<Pipe> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let opened = 0;
  let cuts = false;
  const server = createServer((near) => {
    opened++;
    if (cuts) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => {
        if (!pipe.holds) to.write(chunk);
      });
      from.on("error", () => {});
      from.on("close", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const pipe: Pipe = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get opened() {
      return opened;
    },
    holds: false,
    get cuts() {
      return cuts;
    },
    set cuts(now) {
      cuts = now;
      if (now) for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      pipe.cuts = true;
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return pipe;
}

test("a connection that is half open is no peace: undecided, or by the status list, and by the feed when it is back", async () => {
  await using server = await startAssayServer();
  await using pipe = await pipeTo(server.issuer);
  const through = { ...whom(server), url: `${pipe.origin}/revocations` };
  await using strict = await forkGuards({ ...through, statusLists: false });
  await using listed = await forkGuards(through);
  const [strictDoor = ""] = strict.origins;
  const [listedDoor = ""] = listed.origins;
  const ask = async (token: string): Promise<readonly number[]> => [
    await statusAt(strictDoor, token),
    await statusAt(listedDoor, token),
  ];
  const [before, during, kept] = await Promise.all([
    server.token(),
    server.token(),
    server.token(),
  ]);
  await server.revoke(before);
  await until(async () => String(await ask(before)) === "401,401");

  pipe.holds = true;
  const connections = pipe.opened;
  await server.revoke(during);
  await decides(strict, "nothing");
  await decides(listed, "status_list");
  const [status] = await strict.statuses();
  assert.ok((status?.age ?? 0) > 5);
  assert.match(
    status?.problem ?? "",
    /the last heartbeat of the feed is .* s old/,
  );
  // The one has no peace; the other asks where it can.
  assert.deepEqual(await ask(kept), [503, 200]);
  assert.deepEqual(await ask(during), [503, 401]);
  assert.deepEqual(await ask(before), [401, 401]);
  // It does not wait on the dead connection.
  await until(async () => pipe.opened > connections + 1);

  pipe.holds = false;
  await decides(listed, "feed");
  await until(async () => String(await ask(kept)) === "200,200");
  assert.deepEqual(await ask(during), [401, 401]);
});

test("after a connection that broke, what was revoked meanwhile is refused", async () => {
  await using server = await startAssayServer();
  await using pipe = await pipeTo(server.issuer);
  await using guards = await forkGuards({
    ...whom(server),
    url: `${pipe.origin}/revocations`,
    statusLists: false,
    maxAge: 60,
  });
  const [door = ""] = guards.origins;
  const [token, kept] = [await server.token(), await server.token()];
  assert.equal(await statusAt(door, token), 200);
  pipe.cuts = true;
  await server.revoke(token);
  const connections = pipe.opened;
  await until(async () => pipe.opened > connections + 1);
  pipe.cuts = false;
  await until(async () => (await statusAt(door, token)) === 401);
  await decides(guards, "feed");
  assert.equal(await statusAt(door, kept), 200);
});
