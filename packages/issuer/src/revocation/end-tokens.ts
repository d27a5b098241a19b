/**
 * What an operator, an account or a client changes, and which tokens that ends: one function for each change, each with its target and its
 * event. docs/guides/revocation-table.md is the same as a table, and a test holds the two together. Introspection knows at once; bits and feed
 * follow when the sealer has numbered the places. What is over already is neither ended nor told again.
 */
import type { Client } from "../clients/client.ts";
import type { IssuerContext } from "../issuer-context.ts";
import type { About, Who } from "../journal/journal-writer.ts";
import type { EventName } from "../journal/events.ts";
import type { RingRefusal } from "../signing-keys/ring.ts";
import type { Revoked, RevocationTarget } from "../store/store.ts";

export type EndingContext = Pick<
  IssuerContext,
  "store" | "journal" | "clock" | "written" | "settle"
>;

/** Who acts. The subject of an entry is the person whose tokens end, never the one who ends them. */
export type Actor = Omit<Who, "subject">;

/** What happens to an account that ends its tokens. */
export type SubjectChange =
  "disabled" | "deleted" | "password_changed" | "logged_out";

/** One access token, by its jti or the id inside it. null: no such token was issued, or it was forgotten a day after its end. */
export async function endToken(
  context: EndingContext,
  tokenId: string,
  actor: Actor,
): Promise<Revoked | null> {
  const found = await context.store.findAccessToken({ tokenId });
  if (!found) return null;
  const { clientId, grantId, resource, subject } = found.token;
  return end(
    context,
    { by: "token", tokenId },
    "token.revoked",
    {
      clientId,
      tokenId,
      resource,
      ...(grantId !== null && { grantId }),
      facts: { by: "administrator" },
    },
    { ...actor, subject },
  );
}

/** A grant with its refresh tokens and access tokens. A refresh token is ended so as well (RFC 7009 section 2.1). null: there is no such grant. */
export async function endGrant(
  context: EndingContext,
  grantId: string,
  actor: Actor,
): Promise<Revoked | null> {
  const grant = await context.store.findGrant(grantId);
  if (!grant) return null;
  const { clientId, subject } = grant;
  return end(
    context,
    { by: "grant", grantId },
    "grant.revoked",
    { clientId, grantId, facts: { by: "administrator" } },
    { ...actor, subject },
  );
}

/** One session of a person: the sign-out at one browser. Grants that the person gave in other sessions stay. */
export const endSession = async (
  context: EndingContext,
  session: { readonly sessionId: string; readonly subject: string },
  actor: Actor,
): Promise<Revoked> =>
  end(
    context,
    { by: "session", sessionId: session.sessionId },
    "subject.logged_out",
    { facts: { of: "session" } },
    { ...actor, subject: session.subject },
  );

/** Everything that a person allowed, at every client. "logged_out" is the sign-out everywhere. */
export const endSubject = async (
  context: EndingContext,
  subject: string,
  change: SubjectChange,
  actor: Actor,
): Promise<Revoked> =>
  end(
    context,
    { by: "subject", subject },
    `subject.${change}`,
    {},
    {
      ...actor,
      subject,
    },
  );

/** What a person allowed up to `before` (milliseconds). What was issued later stays. Throws RangeError for a time to come. */
export const endSubjectBefore = async (
  context: EndingContext,
  subject: string,
  before: number,
  actor: Actor,
): Promise<Revoked> =>
  end(
    context,
    { by: "subject", subject },
    "subject.tokens_revoked_before",
    { facts: { before: told(before) } },
    { ...actor, subject },
    before,
  );

/**
 * Takes a client out of use, and ends all that it was ever given. The client is written first: while its tokens end it gets no further ones.
 * When the second part fails the caller does both again; nothing happens twice. null: there is no such client.
 */
export async function disableClient(
  context: EndingContext,
  clientId: string,
  actor: Actor,
): Promise<Revoked | null> {
  const { store, journal, clock } = context;
  const who = { ...actor, subject: null };
  for (;;) {
    const client = (await store.findClient(clientId))?.client;
    if (!client) return null;
    const now = clock();
    if (client.disabledAt !== null && client.disabledAt <= now) break;
    const disabled: Client = { ...client, disabledAt: now };
    const entry = await journal.entry("client.changed", { clientId }, who);
    // Somebody else may have changed the client meanwhile: his change stays.
    if (await store.replaceClient(client, disabled, entry)) break;
  }
  return end(
    context,
    { by: "client", clientId },
    "client.disabled",
    { clientId },
    who,
  );
}

/** All that a client was given up to `before` (milliseconds), while it stays in use: its secret leaked, or rights were taken away that must end at once. */
export const endClientBefore = async (
  context: EndingContext,
  clientId: string,
  before: number,
  actor: Actor,
): Promise<Revoked> =>
  end(
    context,
    { by: "client", clientId },
    "subject.tokens_revoked_before",
    { clientId, facts: { before: told(before) } },
    { ...actor, subject: null },
    before,
  );

/**
 * Takes a key out of the published set, and ends the access tokens that it signed. Refresh tokens and opaque ones are not signed, and stay. A
 * key that was withdrawn before is no refusal here: its tokens are ended again, in case that failed.
 */
export async function withdrawKey(
  context: EndingContext & Pick<IssuerContext, "keys">,
  kid: string,
  actor: Actor,
): Promise<Revoked | RingRefusal> {
  const plan = await context.keys.withdraw(kid);
  if ("refused" in plan && plan.refused !== "already_withdrawn") return plan;
  return end(
    context,
    { by: "key", kid },
    "key.withdrawn",
    { tokenId: kid, facts: { tokens: "ended" } },
    { ...actor, subject: null },
  );
}

/** Everything that was issued up to `before` (milliseconds): every token and every sign-in, the caller's own too. */
export const endAllBefore = async (
  context: EndingContext,
  before: number,
  actor: Actor,
): Promise<Revoked> =>
  end(
    context,
    { by: "all" },
    "subject.tokens_revoked_before",
    { facts: { before: told(before) } },
    { ...actor, subject: null },
    before,
  );

async function end(
  context: EndingContext,
  target: RevocationTarget,
  event: EventName,
  about: About,
  who: Who,
  before = context.clock(),
): Promise<Revoked> {
  const { store, journal, clock, written, settle } = context;
  // Threat: a time to come would refuse each new token as soon as it is issued, and nobody could take that back.
  if (!(before <= clock()))
    throw new RangeError("expected a time that is not to come");
  const { left, ...revoked } = await store.revoke(
    target,
    before,
    await journal.entry(event, about, who),
  );
  written();
  if (left) settle();
  return revoked;
}

const told = (milliseconds: number): string =>
  new Date(milliseconds).toISOString();
