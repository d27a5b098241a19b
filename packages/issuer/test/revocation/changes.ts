/** The changes of the table in docs/guides/revocation-table.md, each made as it is made in operation. */
import assert from "node:assert/strict";
import {
  disableClient,
  endAllBefore,
  endClientBefore,
  endGrant,
  endSession,
  endSubject,
  endSubjectBefore,
  endToken,
  withdrawKey,
  type SubjectChange,
} from "../../src/revocation/end-tokens.ts";
import {
  OTHER,
  redemption,
  type RevocationBed,
  type Sender,
  type SignedIn,
} from "./revocation-bed.ts";
import { REFRESH } from "../a-client.ts";
import { journalEntry } from "../client-bed.ts";

export interface Situation {
  readonly bed: RevocationBed;
  /** Anna's sign-in at the client "app", with its newest refresh token. */
  readonly meant: SignedIn;
}

/** Makes the change. Returns the refresh token that is the newest then, where it is another. */
export type Change = (situation: Situation) => Promise<string | null>;

export const OFFICE: Sender = { ip: "192.0.2.10", agent: "Browser/1" };
const ELSEWHERE: Sender = { ip: "203.0.113.77", agent: "Script/9" };
const OPERATOR = {
  clientId: "console",
  ip: OFFICE.ip,
  agent: null,
  by: "olga",
};

const done = async (work: Promise<unknown>): Promise<null> => {
  const result = await work;
  if (result instanceof Response) assert.equal(result.status, 200);
  else assert.notEqual(result, null);
  return null;
};

const person =
  (change: SubjectChange): Change =>
  async ({ bed }) =>
    done(endSubject(bed.issuer.context, "anna", change, OPERATOR));

const now = ({ issuer }: RevocationBed): number => issuer.context.clock();

export const CHANGES: Readonly<Record<string, Change>> = {
  "a client revokes an access token": async ({ bed, meant }) =>
    done(bed.post("/revoke", "app", { token: meant.access })),
  "an administrator revokes an access token": async ({ bed, meant }) =>
    done(endToken(bed.issuer.context, String(meant.claims.jti), OPERATOR)),
  "a client revokes a refresh token": async ({ bed, meant }) =>
    done(bed.post("/revoke", "app", { token: meant.refresh })),
  "an administrator revokes a grant": async ({ bed, meant }) =>
    done(endGrant(bed.issuer.context, meant.grantId, OPERATOR)),
  "a session ends": async ({ bed }) =>
    done(
      endSession(
        bed.issuer.context,
        { sessionId: "here", subject: "anna" },
        OPERATOR,
      ),
    ),
  "a person is disabled": person("disabled"),
  "a person is deleted": person("deleted"),
  "a person's password is changed": person("password_changed"),
  "a person signs out everywhere": person("logged_out"),
  "a person's tokens from before a time are ended": async ({ bed }) =>
    done(endSubjectBefore(bed.issuer.context, "anna", now(bed), OPERATOR)),
  "a client is disabled": async ({ bed }) =>
    done(disableClient(bed.issuer.context, "app", OPERATOR)),
  "a client's tokens from before a time are ended": async ({ bed }) =>
    done(endClientBefore(bed.issuer.context, "app", now(bed), OPERATOR)),
  "a secret of a client ends": async ({ bed }) => {
    const [, old = ""] = await bed.addSecret("app");
    const entry = journalEntry("client.secret_rotated");
    return done(bed.store.endSecret("app", old, now(bed), entry));
  },
  "a scope is taken from a client": async ({ bed }) =>
    done(bed.put({ clientId: "app", scopes: ["read"] })),
  "a resource is taken from a client": async ({ bed }) =>
    done(bed.put({ clientId: "app", resources: [OTHER] })),
  "lifetimes of a client are shortened": async ({ bed }) =>
    done(bed.put({ clientId: "app", accessTokenSeconds: 30 })),
  "a client's policy for superseded refresh tokens is changed": async ({
    bed,
  }) =>
    done(
      bed.put({ clientId: "app", refresh: { ...REFRESH, onReuse: "revoke" } }),
    ),
  "a signing key is withdrawn": async ({ bed, meant }) => {
    const { kid } = JSON.parse(
      Buffer.from(meant.access.split(".")[0] ?? "", "base64url").toString(),
    ) as { kid: string };
    const ended = await withdrawKey(bed.issuer.context, kid, OPERATOR);
    assert.ok("found" in ended && ended.found);
    return null;
  },
  "everything from before a time is ended": async ({ bed }) => {
    const ended = await endAllBefore(bed.issuer.context, now(bed), OPERATOR);
    assert.ok(ended.found);
    return null;
  },
  "an authorization code is used twice": async ({ bed, meant }) => {
    const { code, verifier } = meant;
    const again = await bed.post("/token", "app", redemption(code, verifier));
    assert.equal(again.status, 400);
    return null;
  },
  "a superseded refresh token comes back, judged theft": async (situation) =>
    reuse(situation, { thief: ELSEWHERE, stepsOfThief: 2 }),
  "a superseded refresh token comes back, judged no theft": async (situation) =>
    reuse(situation, { thief: OFFICE, stepsOfThief: 1 }),
};

/** Whoever is first renews so often; then the one that had the token before presents it again. */
async function reuse(
  { bed, meant }: Situation,
  {
    thief,
    stepsOfThief,
  }: { readonly thief: Sender; readonly stepsOfThief: number },
): Promise<string> {
  let newest = meant.refresh;
  for (let step = 0; step < stepsOfThief; step++) {
    bed.ahead += 60_000;
    const answer = await bed.refresh("app", newest, {}, thief);
    assert.equal(answer.status, 200);
    const body = (await answer.json()) as { refresh_token: string };
    newest = body.refresh_token;
  }
  bed.ahead += 60_000;
  const again = await bed.refresh("app", meant.refresh, {}, OFFICE);
  assert.equal(again.status, 400);
  return newest;
}
