/** What a text names: a token, a code, a grant, a client or a key, as the store has it now. */
import {
  createVerifier,
  decodeUnverified,
  keySetOf,
  readJwk,
  type Verifier,
} from "@assay/token";
import type {
  AuthorizationCode,
  FoundAccessToken,
  Grant,
  SigningKeyRecord,
} from "../store/records.ts";
import type { Client } from "../clients/client.ts";
import type { FoundRefreshToken, Store } from "../store/store.ts";
import {
  digestOf,
  readOpaqueToken,
  refreshTokenName,
} from "../tokens/opaque-token.ts";

export interface Life {
  readonly kind:
    | "access_token"
    | "refresh_token"
    | "code"
    | "grant"
    | "client"
    | "key"
    /** The store has forgotten it, and the journal has not. */
    | "remembered";
  /** jti, id, or kid. */
  readonly tokenId: string | null;
  /** What guards call its text; null: not known. */
  readonly fingerprint: string | null;
  readonly grantId: string | null;
  readonly clientId: string | null;
  readonly subject: string | null;
  readonly access: FoundAccessToken | null;
  readonly refresh: FoundRefreshToken | null;
  readonly grant: Grant | null;
  readonly code: AuthorizationCode | null;
  readonly client: Client | null;
  readonly key: SigningKeyRecord | null;
}

export type LifeStore = Pick<
  Store,
  | "findAccessToken"
  | "findRefreshToken"
  | "findCode"
  | "findGrant"
  | "findClient"
  | "listSigningKeys"
  | "readJournal"
>;

const NOTHING = {
  tokenId: null,
  fingerprint: null,
  grantId: null,
  clientId: null,
  subject: null,
  access: null,
  refresh: null,
  grant: null,
  code: null,
  client: null,
  key: null,
};

/** Longest text that is looked at, in characters. */
const LONGEST = 65_536;

export class LifeFinder {
  readonly #store: LifeStore;
  readonly #verifier: Verifier;

  constructor(store: LifeStore, issuer: string, clock: () => number) {
    this.#store = store;
    this.#verifier = createVerifier({
      issuer,
      audience: null,
      // All that the store remembers: the token of a withdrawn key has a story too, and it is that key's.
      keys: {
        lookup: async () =>
          keySetOf(
            ...(await store.listSigningKeys()).map(({ publicJwk }) =>
              readJwk(publicJwk as never),
            ),
          ),
      },
      clock,
    });
  }

  /** null: nothing here is of that name. A text that is no token of ours may still have come to a guard, which knows it by its fingerprint. */
  async find(text: string): Promise<Life | null> {
    const name = text.trim();
    if (name === "" || name.length > LONGEST) return null;
    const fingerprint = fingerprintOf(digestOf(name));
    const life = await this.#find(name);
    if (life?.kind === "access_token") return { ...life, fingerprint };
    return life ?? this.#remembered(fingerprint);
  }

  async #find(name: string): Promise<Life | null> {
    const reading = readOpaqueToken(name);
    if (reading.form === "damaged") return null;
    if (reading.form === "ours") return this.#ofOpaque(reading.kind, name);
    return name.split(".").length === 3 ? this.#ofJwt(name) : this.byId(name);
  }

  /** By a name that is no secret: jti, id of a token or grant, client_id, kid. */
  async byId(id: string): Promise<Life | null> {
    const store = this.#store;
    const access = await store.findAccessToken({ tokenId: id });
    if (access) return ofAccess(access);
    const grant = await store.findGrant(id);
    if (grant) return ofGrant(grant, "grant", id);
    const client = await store.findClient(id);
    if (client)
      return {
        ...NOTHING,
        kind: "client",
        clientId: id,
        client: client.client,
      };
    const key = (await store.listSigningKeys()).find(({ kid }) => kid === id);
    if (key) return { ...NOTHING, kind: "key", tokenId: id, key };
    return this.#remembered(id);
  }

  async #ofOpaque(kind: string, text: string): Promise<Life | null> {
    const store = this.#store;
    if (kind === "access") {
      const access = await store.findAccessToken({ digest: digestOf(text) });
      return access && ofAccess(access);
    }
    if (kind === "refresh") {
      const refresh = await store.findRefreshToken(refreshTokenName(text));
      return (
        refresh && {
          ...ofGrant(refresh.grant, "refresh_token", refresh.grant.grantId),
          tokenId: refresh.tokenId,
          refresh,
        }
      );
    }
    if (kind !== "code") return null;
    const found = await store.findCode(digestOf(text));
    return (
      found && {
        ...ofGrant(found.grant, "code", found.grant.grantId),
        code: found.code,
      }
    );
  }

  /** Threat: a forged JWT that names the jti of a real one, so that the story of another token is told of it. The signature comes first. */
  async #ofJwt(text: string): Promise<Life | null> {
    const verdict = await this.#verifier.verify(text);
    const past =
      verdict.outcome !== "rejected" ||
      /^(?:expiration|audience|binding|scope|revocation)\./.test(
        verdict.reason,
      );
    const jti = past ? decodeUnverified(text).claims?.["jti"] : null;
    return typeof jti === "string" ? this.byId(jti) : null;
  }

  /** A refresh token is known by its id to the journal alone, and so is whatever was swept. */
  async #remembered(id: string): Promise<Life | null> {
    const [byToken] = await this.#store.readJournal({ tokenId: id, limit: 1 });
    const [first] = byToken
      ? [byToken]
      : await this.#store.readJournal({ grantId: id, limit: 1 });
    if (!first) return null;
    const grant =
      first.grantId === undefined
        ? null
        : await this.#store.findGrant(first.grantId);
    return {
      ...NOTHING,
      kind: "remembered",
      tokenId: byToken ? id : null,
      grantId: first.grantId ?? null,
      clientId: first.clientId ?? null,
      subject: grant?.subject ?? null,
      grant,
    };
  }
}

/** As `@assay/guard` has it: the first 22 characters of the SHA-256. */
const fingerprintOf = (digest: string): string => digest.slice(0, 22);

const ofAccess = (access: FoundAccessToken): Life => ({
  ...NOTHING,
  kind: "access_token",
  tokenId: access.token.tokenId,
  fingerprint:
    access.token.digest === null ? null : fingerprintOf(access.token.digest),
  grantId: access.token.grantId,
  clientId: access.token.clientId,
  subject: access.token.subject,
  access,
});

const ofGrant = (grant: Grant, kind: Life["kind"], grantId: string): Life => ({
  ...NOTHING,
  kind,
  grantId,
  clientId: grant.clientId,
  subject: grant.subject,
  grant,
});
