/** An admin bed with two resources, and tokens as if people had signed in. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Grant } from "../../src/store/records.ts";
import {
  issue as give,
  prepareAccessToken,
} from "../../src/tokens/access-token.ts";
import { newTokenId } from "../../src/tokens/opaque-token.ts";
import { openAdminBed, type AdminBed } from "./admin-bed.ts";

/** Its tokens are JWTs. */
export const ORDERS = "https://orders.example";
/** Its tokens are opaque. */
export const SHOP = "https://shop.example";
const ANNA = {
  subject: "anna",
  clientId: "web",
  ip: "198.51.100.7",
  agent: "Browser/1",
};

export interface Issued {
  readonly text: string;
  readonly tokenId: string;
  readonly grant: Grant;
}

export interface LivesBed extends AdminBed {
  issue(more?: {
    readonly resource?: string;
    readonly sessionId?: string;
    readonly subject?: string;
  }): Promise<Issued>;
  seal(): Promise<void>;
  /** Outcome and reason of what is named. */
  stateOf(name: string): Promise<string>;
}

export async function openLivesBed(): Promise<LivesBed> {
  const bed = await openAdminBed();
  for (const resource of [ORDERS, SHOP])
    await bed.call("post", "/resources", {
      body: {
        resource,
        scopes: ["read", "write"],
        format: resource === ORDERS ? "jwt" : "opaque",
      },
    });
  await bed.put({ clientId: "web", resources: [ORDERS, SHOP] });
  const issue: LivesBed["issue"] = async (more = {}) => {
    const { context } = bed.issuer;
    const { store, journal } = context;
    const subject = more.subject ?? "anna";
    const grant: Grant = {
      grantId: newTokenId(randomBytes, bed.now),
      clientId: "web",
      subject,
      sessionId: more.sessionId ?? null,
      scopes: ["read"],
      resources: [ORDERS, SHOP],
      createdAt: bed.now,
      authenticatedAt: bed.now,
      revokedAt: null,
    };
    const { grantId } = grant;
    await store.storeCode(
      grant,
      {
        digest: randomBytes(32).toString("base64url"),
        grantId,
        clientId: "web",
        redirectUri: "https://web.example/back",
        codeChallenge: "x",
        scopes: grant.scopes,
        resources: grant.resources,
        nonce: null,
        dpopJkt: null,
        issuedAt: bed.now,
        expiresAt: bed.now + 60_000,
      },
      await journal.entry(
        "code.issued",
        { clientId: "web", grantId },
        { ...ANNA, subject },
      ),
    );
    const client = (await store.findClient("web"))?.client;
    const resource = await store.findResource(more.resource ?? SHOP);
    assert.ok(client && resource);
    const access = await prepareAccessToken(context, {
      client,
      resource,
      scopes: ["read"],
      subject,
      grant,
      familyId: null,
      jkt: null,
    });
    const { tokenId } = access.record;
    const text = await give(
      context,
      access,
      await journal.entry(
        "token.issued",
        { clientId: "web", grantId, tokenId, resource: resource.resource },
        { ...ANNA, subject },
      ),
    );
    return { text, tokenId, grant };
  };
  const seal = async (): Promise<void> => {
    while ((await bed.store.seal(1000)).entries > 0);
  };
  const stateOf = async (name: string): Promise<string> => {
    await seal();
    const { body } = await bed.call("post", "/tokens/lookup", {
      body: { name },
    });
    return `${body.state.outcome} ${body.state.reason ?? ""}`.trim();
  };

  return Object.assign(bed, { issue, seal, stateOf });
}
