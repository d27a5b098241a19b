/** What the tests of a store need: a store, a clock that they set, and records that are whole. */
import { randomBytes, randomInt } from "node:crypto";
import type { Client, ClientSecret } from "../../src/clients/client.ts";
import { EntryIds } from "../../src/journal/entry-id.ts";
import type {
  EventName,
  JournalEntry,
  SealedEntry,
} from "../../src/journal/events.ts";
import { STATUS_LIST_SIZE } from "../../src/revocation/status-places.ts";
import type {
  AuthorizationCode,
  Grant,
  NamedRefreshToken,
  NewAccessToken,
  RefreshTokenName,
  SigningKeyRecord,
  StatusList,
  StatusPlace,
} from "../../src/store/records.ts";
import type {
  EntryDraft,
  NewFamily,
  RedeemCode,
  Store,
  UsedRefreshToken,
  UseRefreshToken,
} from "../../src/store/store.ts";
import { aClient } from "../a-client.ts";

export const API = "https://api.example";
export const CLIENT = "shop";
export const SECOND = 1000;
export const DAY = 24 * 3600 * SECOND;

const ids = new EntryIds(randomBytes);
const text = (): string => randomBytes(16).toString("base64url");
let count = 0;
/** A text that no other record has. */
export const unique = (of: string): string => `${of}-${++count}-${text()}`;

export class World {
  store: Store;
  /** Milliseconds since the epoch. */
  now = 1_800_000_000_000;
  readonly #lists = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(store: Store) {
    this.store = store;
  }

  entry(event: EventName, more: Partial<JournalEntry> = {}): JournalEntry {
    return {
      id: ids.next(this.now),
      at: this.now,
      event,
      personal: null,
      ...more,
    };
  }

  draft(): EntryDraft {
    const { event: _, ...draft } = this.entry("token.issued");
    return draft;
  }

  /** The name of this world's list for the resource. The store has not heard of it: tokens do not need that. */
  listOf(resource: string): string {
    const list = this.#lists.get(resource) ?? unique("list");
    this.#lists.set(resource, list);
    return list;
  }

  /** A place of that list that no other token has. */
  place(resource: string): StatusPlace {
    const list = this.listOf(resource);
    for (;;) {
      const index = randomInt(STATUS_LIST_SIZE);
      const place = `${list} ${index}`;
      if (this.#taken.has(place)) continue;
      this.#taken.add(place);
      return { list, index };
    }
  }

  statusList(more: Partial<StatusList> = {}): StatusList {
    return {
      list: unique("list"),
      resource: API,
      openedAt: this.now,
      expiresAt: this.now + DAY,
      ...more,
    };
  }

  /** All that was written, numbered. */
  async journal(): Promise<readonly SealedEntry[]> {
    while ((await this.store.seal(1000)).entries > 0);
    return this.store.readJournal({ limit: 1_000_000 });
  }

  async events(): Promise<readonly EventName[]> {
    return (await this.journal()).map(({ event }) => event);
  }

  client(more: Partial<Client> = {}): Client {
    return aClient({
      clientId: CLIENT,
      name: "Shop",
      authentication: "none",
      grantTypes: ["authorization_code", "refresh_token"],
      redirectUris: ["https://shop.example/cb"],
      resources: [API],
      createdAt: this.now,
      ...more,
    });
  }

  secret(more: Partial<ClientSecret> = {}): ClientSecret {
    return {
      secretId: unique("secret"),
      clientId: CLIENT,
      digest: text(),
      sealed: null,
      createdAt: this.now,
      expiresAt: null,
      lastUsedAt: null,
      ...more,
    };
  }

  grant(more: Partial<Grant> = {}): Grant {
    return {
      grantId: unique("grant"),
      clientId: CLIENT,
      subject: "alice",
      sessionId: null,
      scopes: ["read", "write"],
      resources: [API],
      createdAt: this.now,
      authenticatedAt: this.now,
      revokedAt: null,
      ...more,
    };
  }

  code(
    { grantId, clientId }: Grant,
    more: Partial<AuthorizationCode> = {},
  ): AuthorizationCode {
    return {
      digest: text(),
      grantId,
      clientId,
      redirectUri: "https://shop.example/cb",
      codeChallenge: "challenge",
      scopes: ["read"],
      resources: [API],
      nonce: null,
      dpopJkt: null,
      issuedAt: this.now,
      expiresAt: this.now + 60 * SECOND,
      ...more,
    };
  }

  access(more: Partial<NewAccessToken> = {}): NewAccessToken {
    return {
      tokenId: text(),
      digest: text(),
      clientId: CLIENT,
      subject: "alice",
      grantId: null,
      familyId: null,
      sessionId: null,
      resource: API,
      scopes: ["read"],
      kid: null,
      jkt: null,
      issuedAt: this.now,
      expiresAt: this.now + 600 * SECOND,
      claims: { role: "buyer" },
      status: this.place(more.resource ?? API),
      ...more,
    };
  }

  family(more: Partial<NewFamily> = {}): NewFamily {
    return {
      familyId: unique("family"),
      token: { digest: text(), tokenId: text() },
      policy: {
        rotate: true,
        graceSeconds: 10,
        idleSeconds: 3600,
        expiresAt: this.now + DAY,
        onReuse: "refuse",
        dryRun: null,
      },
      jkt: null,
      origin: { clientId: CLIENT, key: null, network: "home", agent: "app" },
      ...more,
    };
  }

  redemption(
    code: AuthorizationCode,
    more: Partial<RedeemCode> = {},
  ): RedeemCode {
    return {
      digest: code.digest,
      clientId: code.clientId,
      redirectUri: code.redirectUri,
      challenge: code.codeChallenge,
      jkt: null,
      now: this.now,
      access: this.access({ grantId: code.grantId, clientId: code.clientId }),
      refresh: null,
      journal: this.draft(),
      ...more,
    };
  }

  /** A grant with a family whose first token is `token`, and an access token. */
  async signedIn(
    about: Partial<Grant> = {},
    family: Partial<NewFamily> = {},
  ): Promise<SignedIn> {
    const grant = this.grant(about);
    const code = this.code(grant);
    await this.store.storeCode(grant, code, this.entry("code.issued"));
    const refresh = this.family(family);
    const access = this.access({
      grantId: grant.grantId,
      clientId: grant.clientId,
      subject: grant.subject,
      sessionId: grant.sessionId,
      familyId: refresh.familyId,
    });
    await this.store.redeemCode(this.redemption(code, { access, refresh }));
    return { grant, access, refresh, token: firstOf(refresh) };
  }

  use(
    token: RefreshTokenName,
    {
      presentation,
      ...more
    }: Partial<Omit<UseRefreshToken, "presentation">> & {
      readonly presentation?: Partial<UseRefreshToken["presentation"]>;
    } = {},
  ): UseRefreshToken {
    return {
      token,
      presentation: {
        clientId: CLIENT,
        jkt: null,
        now: this.now,
        network: "home",
        agent: "app",
        scopes: null,
        resource: API,
        ...presentation,
      },
      next: { digest: text(), tokenId: text() },
      nextSealed: unique("sealed"),
      access: this.access(),
      journal: this.draft(),
      ...more,
    };
  }

  signingKey(more: Partial<SigningKeyRecord> = {}): SigningKeyRecord {
    return {
      kid: unique("kid"),
      algorithm: "ES256",
      state: "next",
      publicJwk: { kty: "EC" },
      sealed: "sealed",
      longestSeconds: 600,
      createdAt: this.now,
      publishedAt: this.now,
      activatedAt: null,
      retiredAt: null,
      withdrawnAt: null,
      ...more,
    };
  }

  /** What ended the token; null: nothing. */
  async endedBy({
    tokenId,
  }: Pick<NewAccessToken, "tokenId">): Promise<string | null> {
    const found = await this.store.findAccessToken({ tokenId });
    if (!found) throw new Error(`expected a token ${tokenId}, found none`);
    return found.ended?.by ?? null;
  }

  /** Places that the feed tells, numbered. */
  async places(): Promise<readonly string[]> {
    while ((await this.store.seal(1000)).revocations > 0);
    const places = await this.store.revokedPlaces({
      after: 0,
      limit: 1_000_000,
    });
    return places.map(({ list, index }) => `${list} ${index}`);
  }
}

export interface SignedIn {
  readonly grant: Grant;
  readonly access: NewAccessToken;
  readonly refresh: NewFamily;
  readonly token: NamedRefreshToken;
}

/** The name of a family's first token. */
export const firstOf = ({ familyId, token }: NewFamily): NamedRefreshToken => ({
  familyId,
  generation: 1,
  digest: token.digest,
});

/** The name of the token that a rotation by this input brings. */
export function nextOf({ token, next }: UseRefreshToken): NamedRefreshToken {
  if (!("familyId" in token))
    throw new TypeError("expected the name of a family, found a digest alone");
  return {
    familyId: token.familyId,
    generation: token.generation + 1,
    digest: next.digest,
  };
}

export const times = (n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => i);

/** What became of each, in the order of the alphabet. */
export const kindsOf = (
  used: readonly (UsedRefreshToken | null | undefined)[],
): readonly string[] =>
  sorted(used.map((one) => one?.outcome.kind ?? "unknown"));

export const sorted = (texts: readonly string[]): readonly string[] =>
  texts.toSorted((one, other) => (one < other ? -1 : 1));
