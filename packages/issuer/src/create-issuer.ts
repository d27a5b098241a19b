/** The authorization server as one function from Request to Response, over a store, keys, a clock and a source of randomness. */
import { pino, type Logger } from "pino";
import { Account, type ConfiguredAccount } from "./authorization/account.ts";
import { Routes } from "./routes.ts";
import { SecretUse } from "./clients/secret-use.ts";
import { clientOrigins } from "./cross-origin.ts";
import { dispatch } from "./dispatch.ts";
import { toResponse, type Reply } from "./exchange.ts";
import type { Incoming } from "./incoming.ts";
import type { Connection, IssuerContext } from "./issuer-context.ts";
import {
  DEFAULT_PROTOCOL,
  type ClaimsHook,
  type ProtocolOptions,
} from "./issuer-options.ts";
import { Handles } from "./diagnosis/handles.ts";
import { GuardEvents } from "./guard-events/guard-events.ts";
import { LifeStories } from "./journal/life-story.ts";
import { JournalWriter } from "./journal/journal-writer.ts";
import { retainJournal } from "./journal/retention.ts";
import { Sealer } from "./journal/sealer.ts";
import { TurnedAway } from "./journal/turned-away.ts";
import { openMasterKey, type MasterSecret } from "./master-key.ts";
import { RevocationFeed } from "./revocation/revocation-feed.ts";
import { Settling } from "./revocation/settling.ts";
import { StatusListTokens } from "./revocation/status-list-tokens.ts";
import { StatusPlaces } from "./revocation/status-places.ts";
import { KeyRing } from "./signing-keys/key-ring.ts";
import { LocalSigner } from "./signing-keys/local-signer.ts";
import { readRingPolicy, type RingPolicy } from "./signing-keys/ring-policy.ts";
import type { Signer } from "./signing-keys/signer.ts";
import type { Observer } from "./observation.ts";
import { pooledRandom } from "./random.ts";
import type { Store } from "./store/store.ts";
import { DpopNonces } from "./tokens/dpop-nonces.ts";
import { SenderMarks } from "./tokens/sender-mark.ts";

export interface IssuerOptions {
  /** The issuer's name: an https URL, or http on loopback, without query, fragment and final slash (RFC 8414 section 2). */
  readonly issuer: string;
  readonly store: Store;
  /** The first seals; all of them unseal. */
  readonly masterKeys: readonly MasterSecret[];
  readonly protocol?: Partial<ProtocolOptions>;
  readonly ring?: Partial<RingPolicy>;
  /** Where private keys live. Default: in the store, sealed under the master key. */
  readonly signer?: Signer;
  readonly claims?: ClaimsHook;
  /** The one account that may sign in, from this machine alone. Default: nobody. */
  readonly account?: ConfiguredAccount;
  /** How many days the journal is kept. Default 0: for ever. */
  readonly journalDays?: number;
  /** Milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
  /** Default: node:crypto. */
  readonly random?: (bytes: number) => Uint8Array;
  /** Default: JSON lines on standard error. */
  readonly logger?: Logger;
  /** Hears of every answered request. Default: nobody. */
  readonly observe?: Observer;
}

export interface Issuer {
  /** Answers one request. `connection`: where it came from, as far as whoever hands it in trusts it. */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /** What endpoints get; for whoever builds more on the same store and keys. */
  readonly context: IssuerContext;
  /** Whether a request for this path asks for no more than `Incoming` has. */
  isPlain(method: string, path: string): boolean;
  /** `fetch` for the listener of node:http: without a Request, and mostly without a Response. */
  reply(request: Incoming, connection: Connection): Promise<Reply>;
  /** Whether a path is one of its own; no other request is for it. */
  answers(path: string): boolean;
  /** Does what the time has come for: keys, revocations, old rows, the journal's age. By itself it does so every half minute. */
  tick(): Promise<void>;
  /** Whether the store answers. */
  isReady(): Promise<boolean>;
  /** Ends answers that have no end of their own. For a server that stops: they would keep it waiting. */
  endStreams(): void;
  /** Ends streams and timers, and writes what is on its way. The store is its opener's to close. */
  close(): Promise<void>;
}

/** How often schedules are looked at, in milliseconds. */
const TICK = 30_000;

/** Throws StartError for a setting that is none, and StoreUnavailable when the store cannot be reached. */
export async function createIssuer(options: IssuerOptions): Promise<Issuer> {
  const {
    issuer,
    store,
    clock = Date.now,
    random = pooledRandom(),
    logger = pino(pino.destination(2)),
  } = options;
  const protocol = { ...DEFAULT_PROTOCOL, ...options.protocol };
  const account = options.account ? new Account(options.account, clock) : null;
  const master = await openMasterKey(store, options.masterKeys, random);
  const journal = new JournalWriter({ store, master, clock, random });
  const keys = await KeyRing.open({
    store,
    signer: options.signer ?? new LocalSigner(master),
    policy: readRingPolicy(options.ring ?? {}, protocol.keysCacheSeconds),
    clock,
    newEntryId: (at) => journal.newId(at),
  });
  const sealer = new Sealer({
    store,
    clock,
    holder: journal.newId(),
    failed: (error) =>
      logger.warn({ err: error }, "the journal could not be sealed"),
  });
  sealer.start();
  const settling = new Settling({
    store,
    clock,
    written: () => sealer.nudge(),
    failed: (error) =>
      logger.warn({ err: error }, "a revocation could not be settled"),
  });
  const secretUse = new SecretUse(store, (error) =>
    logger.warn({ err: error }, "the use of a secret was not noted"),
  );
  const lives = new LifeStories({
    store,
    personal: journal.personal,
    issuer,
    clock,
  });
  const handles = new Handles({
    store,
    journal,
    master,
    lives,
    issuer,
    clock,
    random,
    failed: (error) => logger.warn({ err: error }, "a refusal was not kept"),
    written: () => sealer.nudge(),
  });
  const turnedAway = new TurnedAway({
    journal,
    clock,
    written: () => sealer.nudge(),
    failed: (error) =>
      logger.warn({ err: error }, "what was turned away was not written"),
  });
  const feed = new RevocationFeed({ issuer, store, keys, clock, logger });
  const statusLists = new StatusListTokens({
    issuer,
    store,
    keys,
    clock,
    options: protocol,
  });
  sealer.onSealed(({ revocations }) => {
    if (revocations === 0) return;
    feed.sealed();
    statusLists.sealed();
  });
  const context: IssuerContext = {
    issuer,
    store,
    clock,
    random,
    keys,
    master,
    journal,
    handles,
    guardEvents: new GuardEvents({ store, journal, master, issuer, clock }),
    turnedAway,
    lives,
    feed,
    statusLists,
    places: new StatusPlaces({ store, clock, random }),
    marks: new SenderMarks(master),
    nonces: new DpopNonces(master, clock),
    secretUse,
    origins: clientOrigins(store),
    options: protocol,
    claimsHook: options.claims ?? null,
    account,
    logger,
    written: () => sealer.nudge(),
    settle: () => settling.nudge(),
  };
  const routes = new Routes(issuer);
  const observe = options.observe ?? null;
  let running: Promise<void> | null = null;
  // One at a time: a round that has much to do may take longer than the time between two.
  const round = async (): Promise<void> => {
    running ??= tick(context, settling, options.journalDays ?? 0).finally(
      () => {
        running = null;
      },
    );
    return running;
  };
  let pinging: Promise<boolean> | null = null;
  const timer = setInterval(() => void round(), TICK);
  timer.unref();
  return {
    context,
    answers: (path) => routes.find(path) !== null || routes.isAdmin(path),
    fetch: async (request, connection = { ip: null }) =>
      toResponse(await dispatch(context, routes, observe, request, connection)),
    isPlain: (method, path) => routes.isPlain(method, path),
    // An async function around another costs three turns of the queue.
    reply: (request, connection) =>
      dispatch(context, routes, observe, request, connection),
    tick: round,
    isReady: async () => {
      // Threat: anybody may ask, as often as he likes. Those who wait share one question to the store.
      pinging ??= store
        .ping()
        .then(
          () => true,
          () => false,
        )
        .finally(() => {
          pinging = null;
        });
      return pinging;
    },
    endStreams: () => feed.close(),
    close: async () => {
      feed.close();
      clearInterval(timer);
      await settling.close();
      await running;
      await handles.close();
      await turnedAway.close();
      await secretUse.settled();
      await sealer.close();
    },
  };
}

async function tick(
  { keys, store, journal, clock, logger }: IssuerContext,
  settling: Settling,
  days: number,
): Promise<void> {
  try {
    await keys.tick();
    const now = clock();
    // Small batches, so that others come between them, and as many as there are: what is left for the next time would grow without bound.
    await settling.settle();
    while ((await store.sweep(now, 500)) > 0);
    if (days > 0) await retainJournal({ store, journal, clock, days });
  } catch (error) {
    logger.warn({ err: error }, "a scheduled round failed");
  }
}
