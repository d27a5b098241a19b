/** Whether a store holds what it acknowledged, and of the rest each operation as a whole or not at all. */
import assert from "node:assert/strict";
import type { SealedEntry } from "../../src/journal/events.ts";
import type { Store } from "../../src/store/store.ts";
import { checkChain } from "../store/check-chain.ts";
import { World } from "../store/world.ts";
import type { Line, Operation } from "./operation.ts";

export interface Checked {
  acknowledged: number;
  /** In flight when the process died: done after all, and not done. */
  done: number;
  undone: number;
}

interface Told {
  readonly operation: Operation;
  readonly acknowledged: boolean;
}

export async function checkAcknowledged(
  store: Store,
  lines: readonly Line[],
  /** The journal's head of the round before; it is moved on. */
  head: { sequence: number; hash: string },
): Promise<Checked> {
  const told = toldBy(lines);
  const checked: Checked = { acknowledged: 0, done: 0, undone: 0 };
  const world = new World(store);
  world.now = Date.now();
  const revoked = new Set<string>();
  for (const { operation, acknowledged } of told) {
    const happened = await hasHappened(store, operation);
    if (operation.kind === "revoke" && happened) revoked.add(operation.grantId);
    if (acknowledged) {
      assert.ok(happened, `lost: ${JSON.stringify(operation)}`);
      checked.acknowledged++;
    } else if (happened) checked.done++;
    else checked.undone++;
  }
  for (const { operation } of told)
    if (operation.kind !== "revoke") {
      const found = await store.findAccessToken({
        tokenId: operation.accessId,
      });
      assert.equal(
        found?.ended?.by ?? null,
        found && revoked.has(operation.grantId) ? "grant" : null,
      );
    }
  await checkJournal(store, told, head);
  await checkOnceOnly(world, told);
  return checked;
}

function toldBy(lines: readonly Line[]): readonly Told[] {
  const acknowledged = new Set<number>();
  for (const line of lines)
    if (line.said === "acknowledged") acknowledged.add(line.n);
  return lines.flatMap((line) =>
    line.said === "trying"
      ? { operation: line.operation, acknowledged: acknowledged.has(line.n) }
      : [],
  );
}

/** Throws when a part of it has happened and another has not. */
async function hasHappened(
  store: Store,
  operation: Operation,
): Promise<boolean> {
  if (operation.kind === "revoke") {
    const grant = await store.findGrant(operation.grantId);
    return grant !== null && grant.revokedAt !== null;
  }
  const access = await store.findAccessToken({ tokenId: operation.accessId });
  const next = await store.findRefreshToken(operation.to);
  const parts = [access !== null, next !== null];
  if (operation.kind === "rotate") {
    const from = await store.findRefreshToken(operation.from);
    parts.push((from?.family.generations[0]?.supersededAt ?? null) !== null);
    if (next) assert.equal(next.generation, operation.to.generation);
  }
  assert.equal(
    new Set(parts).size,
    1,
    `in part: ${JSON.stringify(operation)} ${parts.join()}`,
  );
  return parts[0] === true;
}

async function checkJournal(
  store: Store,
  told: readonly Told[],
  head: { sequence: number; hash: string },
): Promise<void> {
  while ((await store.seal(1000)).entries > 0);
  const rows: SealedEntry[] = [];
  for (;;) {
    const after = rows.at(-1)?.sequence ?? head.sequence;
    const page = await store.readJournal({ after, limit: 5000 });
    if (page.length === 0) break;
    rows.push(...page);
  }
  checkChain(rows, head);
  Object.assign(head, {
    sequence: rows.at(-1)?.sequence ?? head.sequence,
    hash: rows.at(-1)?.hash ?? head.hash,
  });
  const count = new Map<string, number>();
  for (const { event, tokenId, grantId } of rows) {
    const name = `${event} ${event === "token.refreshed" ? tokenId : grantId}`;
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  for (const { operation, acknowledged } of told) {
    const name =
      operation.kind === "redeem"
        ? `code.redeemed ${operation.grantId}`
        : operation.kind === "rotate"
          ? `token.refreshed ${operation.fromId}`
          : `grant.revoked ${operation.grantId}`;
    const times = count.get(name) ?? 0;
    assert.ok(times <= 1, `${name}: ${times} times`);
    if (acknowledged) assert.equal(times, 1, name);
  }
}

/** What was redeemed or rotated before the fault gives nothing after it. */
async function checkOnceOnly(
  world: World,
  told: readonly Told[],
): Promise<void> {
  const { store } = world;
  // After every grace.
  const now = world.now + 61_000;
  for (const { operation, acknowledged } of told)
    if (operation.kind === "rotate" && acknowledged) {
      const used = await store.useRefreshToken(
        world.use(operation.from, { presentation: { now } }),
      );
      assert.ok(
        used?.outcome.kind === "reused" || used?.outcome.kind === "refused",
        `used twice: ${used?.outcome.kind}`,
      );
    }
  for (const { operation, acknowledged } of told)
    if (operation.kind === "redeem") {
      const found = await store.findCode(operation.code);
      assert.ok(found);
      const again = async (): Promise<string> =>
        (await store.redeemCode(world.redemption(found.code))).outcome;
      const first = await again();
      if (acknowledged) assert.equal(first, "replayed");
      else assert.ok(first === "replayed" || first === "redeemed");
      assert.equal(await again(), "replayed");
    }
}
