/** The entries of a life: those of the token and its grant, and those of whatever else can end it. Bounded, in their order. */
import type { JournalFilter, Store } from "../store/store.ts";
import type { EventName, SealedEntry } from "./events.ts";
import type { Life } from "./life.ts";
import type { PersonalFields } from "./personal-fields.ts";

type Journal = Pick<Store, "readJournal">;

/** How many a story holds at most of each: of the token; of its grant, from the beginning and from the end; of one other event. */
const OF_TOKEN = 100;
const FIRST = 50;
const NEWEST = 400;
const OF_OTHERS = 10;
/** The newest of what guards told: a token that is refused a thousand times must not push out of its story what ended it. */
const OF_GUARDS = 50;

/** What happens to a subject and ends tokens. */
const OF_SUBJECT: readonly EventName[] = [
  "subject.disabled",
  "subject.deleted",
  "subject.password_changed",
  "subject.logged_out",
  "subject.tokens_revoked_before",
];
const OF_CLIENT: readonly EventName[] = [
  "client.disabled",
  "client.enabled",
  "client.secret_rotated",
  "subject.tokens_revoked_before",
];
/** Points in time that are looked through for those that were set for all. */
const CUTOFFS = 200;

export interface LifeEntries {
  readonly entries: readonly SealedEntry[];
  /** False: some between the first and the newest were left out. */
  readonly complete: boolean;
}

export async function lifeEntries(
  store: Journal,
  personal: PersonalFields,
  life: Life,
): Promise<LifeEntries> {
  const { kind, tokenId, grantId, clientId, subject, access, grant } = life;
  const read = async (
    filter: Omit<JournalFilter, "limit">,
    limit: number,
    origin: JournalFilter["origin"] = "issuer",
  ): Promise<readonly SealedEntry[]> =>
    store.readJournal({ ...filter, origin, limit });
  // What lies before the birth ended something else. Half a minute for clocks of servers that differ.
  const born = access?.token.issuedAt ?? grant?.createdAt;
  const from = born === undefined ? {} : { from: born - 30_000 };
  const found: (readonly SealedEntry[])[] = [];
  if (tokenId !== null) found.push(await read({ tokenId }, OF_TOKEN));
  let complete = true;
  if (grantId !== null) {
    const first = await read({ grantId }, FIRST);
    const newest = await read({ grantId, newestFirst: true }, NEWEST);
    complete =
      first.length < FIRST ||
      (newest.at(-1)?.sequence ?? 0) <= (first.at(-1)?.sequence ?? 0) + 1 ||
      newest.length < NEWEST;
    found.push(first, newest);
  }
  if (kind === "client" && clientId !== null) {
    found.push(await read({ clientId, newestFirst: true }, NEWEST));
    complete = (found.at(-1)?.length ?? 0) < NEWEST;
  } else if (clientId !== null)
    for (const event of OF_CLIENT)
      found.push(
        await read({ event, clientId, ...from, newestFirst: true }, OF_OTHERS),
      );
  if (subject !== null) {
    const personalKeyId = personal.keyIdOf({ subject, clientId: null });
    for (const event of OF_SUBJECT)
      found.push(
        await read(
          { event, personalKeyId, ...from, newestFirst: true },
          OF_OTHERS,
        ),
      );
  }
  const kid = access?.token.kid ?? null;
  if (kid !== null) found.push(await read({ tokenId: kid }, OF_OTHERS));
  const told = await Promise.all(
    namesAtGuards(life).map(async (filter) =>
      read({ ...filter, newestFirst: true }, OF_GUARDS, "guards"),
    ),
  );
  found.push(...told);
  complete &&= told.every(({ length }) => length < OF_GUARDS);
  if (kind !== "client" && kind !== "key") {
    const cutoffs = await read(
      { event: "subject.tokens_revoked_before", ...from, newestFirst: true },
      CUTOFFS,
    );
    found.push(await setForAll(cutoffs, personal));
  }
  const bySequence = new Map(
    found.flat().map((entry) => [entry.sequence, entry]),
  );
  return {
    entries: [...bySequence.values()].toSorted(
      (a, b) => a.sequence - b.sequence,
    ),
    complete,
  };
}

/** A token by its id, where a guard found it authentic, else by its fingerprint; its grant, for the story of the grant. */
function namesAtGuards({
  kind,
  tokenId,
  fingerprint,
  grantId,
  clientId,
}: Life): readonly Pick<JournalFilter, "tokenId" | "grantId" | "clientId">[] {
  if (kind === "client") return clientId === null ? [] : [{ clientId }];
  if (kind === "key") return [];
  const names = [tokenId, fingerprint].filter((name) => name !== null);
  return names.length > 0
    ? names.map((name) => ({ tokenId: name }))
    : grantId === null
      ? []
      : [{ grantId }];
}

/** A point in time that was set for all names neither a client nor a subject. Of an erased person nothing is known, so it is not taken for all. */
async function setForAll(
  cutoffs: readonly SealedEntry[],
  fields: PersonalFields,
): Promise<readonly SealedEntry[]> {
  const all: SealedEntry[] = [];
  for (const entry of cutoffs) {
    if (entry.clientId !== undefined || !entry.personal) continue;
    const opened = await fields.open(entry.personal);
    if (opened && opened.subject === null) all.push(entry);
  }
  return all;
}
