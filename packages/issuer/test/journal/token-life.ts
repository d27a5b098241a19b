/** Tokens of one client and one person, made and ended by the store's own verbs, with the journal that the endpoints write. */
import { randomBytes, randomInt } from "node:crypto";
import type { Client } from "../../src/clients/client.ts";
import type { Who } from "../../src/journal/journal-writer.ts";
import type {
  Grant,
  NamedRefreshToken,
  NewAccessToken,
} from "../../src/store/records.ts";
import type {
  RevocationTarget,
  UsedRefreshToken,
} from "../../src/store/store.ts";
import type { EventName } from "../../src/journal/events.ts";
import { STATUS_LIST_SIZE } from "../../src/revocation/status-places.ts";
import { sealSuccessor } from "../../src/tokens/successor-seal.ts";
import {
  makeAccessToken,
  makeOpaqueToken,
  makeRefreshToken,
  newTokenId,
  type OpaqueToken,
} from "../../src/tokens/opaque-token.ts";
import { aClient, REFRESH } from "../a-client.ts";
import { API, who, type JournalBed } from "./journal-bed.ts";

export const CLIENT: Client = aClient({
  clientId: "web",
  name: "Web",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://web.example/back"],
  scopes: ["orders:read"],
  resources: [API],
  refresh: { ...REFRESH, graceSeconds: 0, idleSeconds: 7200 },
  createdAt: Date.UTC(2026, 0, 1),
});

export const ANNA: Who = who({
  subject: "anna",
  clientId: "web",
  ip: "203.0.113.20",
  agent: "Browser/1",
});

/** Nobody looks into the lists here. */
const LIST = "list";

export interface Access {
  readonly text: string;
  readonly tokenId: string;
}

export interface SignedIn {
  readonly grantId: string;
  readonly access: Access;
  readonly refresh: OpaqueToken &
    NamedRefreshToken & { readonly tokenId: string };
}

const newAccess = (
  { clock }: JournalBed,
  grantId: string | null,
  jwt: boolean,
): { readonly record: NewAccessToken; readonly text: string } => {
  const tokenId = newTokenId(randomBytes, Date.now());
  const { text, digest } = makeAccessToken(randomBytes, tokenId);
  return {
    text,
    record: {
      tokenId,
      digest: jwt ? null : digest,
      clientId: "web",
      subject: "anna",
      grantId,
      familyId: null,
      sessionId: null,
      resource: API,
      scopes: ["orders:read"],
      kid: null,
      jkt: null,
      issuedAt: clock(),
      expiresAt: clock() + 600_000,
      claims: {},
      status: { list: LIST, index: randomInt(STATUS_LIST_SIZE) },
    },
  };
};

/** A person signs in: code, redemption, an access and a refresh token. */
export async function signIn(
  bed: JournalBed,
  { jwt = false } = {},
): Promise<SignedIn> {
  const { store, journal, clock } = bed;
  const grant: Grant = {
    grantId: newTokenId(randomBytes, Date.now()),
    clientId: "web",
    subject: "anna",
    sessionId: null,
    scopes: ["orders:read"],
    resources: [API],
    createdAt: clock(),
    authenticatedAt: clock(),
    revokedAt: null,
  };
  const { grantId } = grant;
  const code = makeOpaqueToken("code", randomBytes);
  await store.storeCode(
    grant,
    {
      digest: code.digest,
      grantId,
      clientId: "web",
      redirectUri: "https://web.example/back",
      codeChallenge: "challenge",
      scopes: grant.scopes,
      resources: grant.resources,
      nonce: null,
      dpopJkt: null,
      issuedAt: clock(),
      expiresAt: clock() + 60_000,
    },
    await journal.entry("code.issued", { clientId: "web", grantId }, ANNA),
  );
  const familyId = newTokenId(randomBytes, Date.now());
  const refresh = makeRefreshToken(randomBytes, familyId, 1);
  const tokenId = newTokenId(randomBytes, Date.now());
  const { record, text } = newAccess(bed, grantId, jwt);
  const { refresh: policy } = CLIENT;
  await store.redeemCode({
    digest: code.digest,
    clientId: "web",
    redirectUri: null,
    challenge: "challenge",
    jkt: null,
    now: clock(),
    access: record,
    refresh: {
      familyId,
      token: { digest: refresh.digest, tokenId },
      policy: {
        ...policy,
        expiresAt: clock() + policy.absoluteSeconds * 1000,
      },
      jkt: null,
      origin: {
        clientId: "web",
        key: null,
        network: ANNA.ip,
        agent: ANNA.agent,
      },
    },
    journal: await journal.draft({ resource: API }, ANNA),
  });
  return {
    grantId,
    access: { text, tokenId: record.tokenId },
    refresh: { ...refresh, tokenId },
  };
}

/** Presents a refresh token. */
export async function renew(
  bed: JournalBed,
  { grantId, refresh }: SignedIn,
  from: Who = ANNA,
): Promise<{ readonly next: SignedIn; readonly used: UsedRefreshToken }> {
  const { store, journal, clock, master } = bed;
  const { familyId, generation } = refresh;
  const next = makeRefreshToken(randomBytes, familyId, generation + 1);
  const tokenId = newTokenId(randomBytes, Date.now());
  const { record, text } = newAccess(bed, grantId, false);
  const used = await store.useRefreshToken({
    token: refresh,
    presentation: {
      clientId: "web",
      jkt: null,
      now: clock(),
      network: from.ip,
      agent: from.agent,
      scopes: null,
      resource: API,
    },
    next: { digest: next.digest, tokenId },
    nextSealed: sealSuccessor(
      master,
      refresh.text,
      next.text,
      "place",
      randomBytes,
    ),
    access: record,
    journal: await journal.draft({ resource: API }, from),
  });
  if (!used) throw new Error("the refresh token is not known");
  return {
    used,
    next: {
      grantId,
      access: { text, tokenId: record.tokenId },
      refresh: { ...next, tokenId },
    },
  };
}

export async function end(
  { store, journal, clock }: JournalBed,
  target: RevocationTarget,
  event: EventName,
  about: Parameters<JournalBed["journal"]["entry"]>[1],
  by: Who,
): Promise<void> {
  await store.revoke(target, clock(), await journal.entry(event, about, by));
}
