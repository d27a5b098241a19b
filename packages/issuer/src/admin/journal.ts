/** The journal: pages of sealed entries, the check of its chain, and the export. */
import { z } from "@hono/zod-openapi";
import { EVENTS } from "../journal/events.ts";
import { exportJournal } from "../journal/export.ts";
import { sayEntry } from "../journal/say-entry.ts";
import { verifyStoredChain } from "../journal/stored-chain.ts";
import { sayFault } from "../journal/verify-chain.ts";
import { call } from "./call.ts";
import { clientId } from "./client-schema.ts";
import { isoOf } from "./client-view.ts";
import { FACTS, PERSON } from "./history-schema.ts";
import { moment } from "./moment.ts";
import { onlyGiven } from "./only-given.ts";
import { pageFrom, PAGE, pageOf } from "./page.ts";
import { openPersonal } from "./personal-access.ts";

const truth = z
  .enum(["true", "false"])
  .optional()
  .transform((text) => text === "true");
const time = moment.optional();

const ENTRY = z
  .strictObject({
    sequence: z.int(),
    id: z.string(),
    at: z.iso.datetime(),
    event: z.string(),
    sentence: z.string(),
    clientId: z.string().nullable(),
    grantId: z.string().nullable(),
    tokenId: z.string().nullable(),
    resource: z.string().nullable(),
    facts: FACTS.nullable(),
    hash: z.string(),
    who: PERSON.nullable().openapi({
      description: "null: not asked for, nobody's, or the person was erased.",
    }),
  })
  .openapi("JournalEntry");

const LINK = z.strictObject({ sequence: z.int(), hash: z.string() });

const EXAMPLE = {
  sequence: 42,
  id: "0195f3a2c4d17b0e9a8c3f5d2e1b",
  at: "2026-11-26T09:00:00.000Z",
  event: "token.issued",
  sentence: "A token was issued for https://orders.example.",
  clientId: "orders-web",
  grantId: null,
  tokenId: "5Qm3XbqT0n8KcR2vWfYh1D",
  resource: "https://orders.example",
  facts: null,
  hash: "sQnzu7wkTrgkQZF-0G1hi5AI3Qmzvv0bXgc5TzwGjL4",
  who: null,
};

export const listEntries = call(
  {
    id: "listJournal",
    method: "get",
    path: "/journal",
    scope: "journal:read",
    summary:
      "Sealed entries. With `personal` the fields of persons are opened, which is itself written to the journal.",
    query: z.strictObject({
      limit: PAGE.limit,
      after: z.coerce.number().int().min(0).optional().openapi({
        type: "integer",
        description: "The sequence number that the page before ended with.",
      }),
      newestFirst: truth,
      event: z.enum(EVENTS).optional(),
      clientId: clientId.optional(),
      grantId: z.string().max(64).optional(),
      tokenId: z.string().max(256).optional(),
      subject: z.string().min(1).max(255).optional().openapi({
        description:
          "Entries about this person, which is itself written to the journal. None, once the person was erased.",
      }),
      from: time,
      until: time,
      personal: truth,
    }),
    status: 200,
    answer: pageOf(ENTRY),
    example: { answer: { items: [EXAMPLE], next: null } },
  },
  async ({ context, caller, query }) => {
    const { store, journal } = context;
    const { subject, personal, event, limit } = query;
    const asked = subject !== undefined || personal;
    // Whose events there are is personal as well.
    if (asked)
      await openPersonal(context, caller, {
        clientId: query.clientId,
        grantId: query.grantId,
        tokenId: query.tokenId,
        facts: { what: "entries", bySubject: subject !== undefined },
      });
    const filter = onlyGiven({
      event,
      clientId: query.clientId,
      grantId: query.grantId,
      tokenId: query.tokenId,
      after: query.after,
      newestFirst: query.newestFirst,
      from: query.from === undefined ? undefined : Date.parse(query.from),
      until: query.until === undefined ? undefined : Date.parse(query.until),
      personalKeyId:
        subject === undefined
          ? undefined
          : journal.personal.keyIdOf({ subject, clientId: null }),
    });
    const rows = await store.readJournal({ ...filter, limit: limit + 1 });
    // The entries of a person who was erased still carry the digest of the name: which ones they are is told to nobody who guesses it.
    const [first] = subject === undefined ? [] : rows;
    if (first?.personal && !(await journal.personal.open(first.personal)))
      return { body: { items: [], next: null } };
    const page = pageFrom(rows, ({ sequence }) => String(sequence), limit);
    const items = [];
    for (const entry of page.items)
      items.push({
        sequence: entry.sequence,
        id: entry.id,
        at: isoOf(entry.at),
        event: entry.event,
        sentence: sayEntry(entry, false),
        clientId: entry.clientId ?? null,
        grantId: entry.grantId ?? null,
        tokenId: entry.tokenId ?? null,
        resource: entry.resource ?? null,
        facts: entry.facts ?? null,
        hash: entry.hash,
        who:
          personal && entry.personal
            ? await journal.personal.open(entry.personal)
            : null,
      });
    return { body: { items, next: page.next } };
  },
);

const KNOWN = z.array(LINK).max(100).default([]).openapi({
  description:
    "Places that were noted elsewhere: without one, a chain that was made anew as a whole cannot be told.",
});

export const verifyJournal = call(
  {
    id: "verifyJournal",
    method: "post",
    path: "/journal/verify",
    scope: "journal:read",
    summary: "Checks the whole chain that the store holds now.",
    body: z.strictObject({ known: KNOWN }).openapi("JournalCheck"),
    status: 200,
    answer: z
      .strictObject({
        checked: z.int(),
        last: LINK,
        fault: z
          .looseObject({ kind: z.string(), sentence: z.string() })
          .nullable(),
      })
      .openapi("ChainReport"),
    example: {
      body: { known: [{ sequence: 42, hash: EXAMPLE.hash }] },
      answer: {
        checked: 42,
        last: { sequence: 42, hash: EXAMPLE.hash },
        fault: null,
      },
    },
  },
  async ({ context, body: { known } }) => {
    const { checked, last, fault } = await verifyStoredChain(
      context.store,
      known,
    );
    return {
      body: {
        checked,
        last,
        fault: fault && { ...fault, sentence: sayFault(fault) },
      },
    };
  },
);

export const exportEntries = call(
  {
    id: "exportJournal",
    method: "get",
    path: "/journal/export",
    scope: "journal:read",
    summary:
      "The journal as JSON Lines: a header, then the entries as they were sealed, with the fields of persons encrypted.",
    query: z.strictObject({
      afterSequence: z.coerce.number().int().min(0).optional().openapi({
        type: "integer",
        description: "Where the export before ended, with its hash.",
      }),
      afterHash: z.string().max(64).optional(),
    }),
    status: 200,
    answer: null,
    example: {
      answer:
        '{"assayJournal":1,"issuer":"https://issuer.example", …}\n{"sequence":1, …}\n',
    },
  },
  async ({ context, caller, query: { afterSequence, afterHash } }) => {
    const { store, issuer, clock, journal } = context;
    await journal.write(
      "journal.read",
      { facts: { what: "export", personal: false } },
      caller.actor,
    );
    return {
      lines: exportJournal({
        store,
        issuer,
        clock,
        ...(afterSequence !== undefined && {
          after: { sequence: afterSequence, hash: afterHash ?? "" },
        }),
      }),
    };
  },
);
