/** Writes to a store until it is killed, and tells through a pipe what it tries and what was acknowledged. */
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Sealer } from "../../src/journal/sealer.ts";
import { firstOf, nextOf, World } from "../store/world.ts";
import type { Line, Operation } from "./operation.ts";
import { openPlace, type Place } from "./store-of.ts";
import { tell } from "./tell.ts";

const LANES = 12;
const place = JSON.parse(process.argv[2] ?? "") as Place;
const store = await openPlace(place);
const sealer = new Sealer({
  store,
  clock: () => Date.now(),
  holder: randomUUID(),
  failed: () => {},
});
sealer.start();

let operations = 0;

async function run(
  operation: Operation,
  work: Promise<unknown>,
): Promise<void> {
  const n = ++operations;
  tell({ said: "trying", n, operation } satisfies Line);
  try {
    await work;
  } catch (error) {
    tell({ said: "failed", n, error: (error as Error).name } satisfies Line);
    throw error;
  }
  tell({ said: "acknowledged", n } satisfies Line);
}

/** One sign-in: a code, some refreshes, and sometimes its end. */
async function signIn(world: World): Promise<void> {
  const grant = world.grant();
  const { grantId } = grant;
  const code = world.code(grant);
  await store.storeCode(grant, code, world.entry("code.issued"));
  const refresh = world.family();
  const access = world.access({ grantId });
  await run(
    {
      kind: "redeem",
      grantId,
      code: code.digest,
      to: firstOf(refresh),
      accessId: access.tokenId,
    },
    store.redeemCode(world.redemption(code, { access, refresh })),
  );
  let from = firstOf(refresh);
  let { tokenId: fromId } = refresh.token;
  for (let generation = 2; generation < 2 + randomInt(5); generation++) {
    world.now = Date.now();
    const input = world.use(from, { access: world.access({ grantId }) });
    await run(
      {
        kind: "rotate",
        grantId,
        from,
        fromId,
        to: nextOf(input),
        accessId: input.access.tokenId,
      },
      store.useRefreshToken(input),
    );
    from = nextOf(input);
    fromId = input.next.tokenId;
  }
  if (randomInt(5) < 2)
    await run(
      { kind: "revoke", grantId },
      store.revoke(
        { by: "grant", grantId },
        Date.now(),
        world.entry("grant.revoked", { grantId }),
      ),
    );
  sealer.nudge();
}

async function lane(): Promise<never> {
  for (;;) {
    const world = new World(store);
    world.now = Date.now();
    try {
      await signIn(world);
    } catch (error) {
      // The database is away: whoever asked is told, and comes again.
      if ((error as Error).name !== "StoreUnavailable") throw error;
      await wait(20);
    }
  }
}

await Promise.all(Array.from({ length: LANES }, lane));
