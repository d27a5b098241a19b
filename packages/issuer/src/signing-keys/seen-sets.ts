/**
 * Which guard fetched which published set, for the rehearsal of a rotation. A guard names itself by the header Assay-Guard, its client_id.
 * Nobody proves that it is this guard, and nothing but the rehearsal depends on it. Threat: a stranger who names guards without end, or
 * makes each fetch a write; so a name counts only where a client may introspect, and is written only when it tells something new.
 */
import type { Store } from "../store/store.ts";
import { isClientId } from "../clients/client-id.ts";
import type { Sighting } from "./sightings.ts";

export const GUARD_HEADER = "assay-guard";

type SightingStore = Pick<
  Store,
  "findClient" | "listClients" | "readValue" | "writeValue"
>;

/** The same set is noted again after so long, in milliseconds. */
const NOTED_EVERY = 3_600_000;

const nameOf = (guard: string): string => `fetched-keys ${guard}`;

/** `kids`: keys of the set that goes out. `now` in milliseconds. */
export async function noteSighting(
  store: SightingStore,
  guard: string,
  kids: readonly string[],
  now: number,
): Promise<void> {
  if (!isClientId(guard) || guard.length > 255) return;
  const stored = await store.readValue(nameOf(guard));
  const last = stored === null ? null : (JSON.parse(stored) as Sighting);
  if (
    last &&
    now - last.at < NOTED_EVERY &&
    last.kids.join(" ") === kids.join(" ")
  )
    return;
  const found = await store.findClient(guard);
  if (!found || found.client.introspects.length === 0) return;
  const sighting: Sighting = { guard, at: now, kids };
  // Whoever was faster noted the same.
  await store.writeValue(nameOf(guard), stored, JSON.stringify(sighting));
}

/** The newest of each guard. */
export async function readSightings(
  store: SightingStore,
): Promise<readonly Sighting[]> {
  const guards = (await store.listClients()).filter(
    ({ introspects, disabledAt }) =>
      introspects.length > 0 && disabledAt === null,
  );
  const sightings: Sighting[] = [];
  for (const { clientId } of guards) {
    const stored = await store.readValue(nameOf(clientId));
    // A guard that never fetched lacks every key.
    sightings.push(
      stored === null
        ? { guard: clientId, at: 0, kids: [] }
        : (JSON.parse(stored) as Sighting),
    );
  }
  return sightings;
}
