/**
 * What a guard tells: the events of its audit (`@assay/guard`, audit-event.ts), each with its number, read within bounds. Threat: a guard that was taken over fills the database, or writes texts that lead whoever reads
 * the journal astray; so every member is known, short, and of its own form. Loaded at the first batch.
 */
import { ACTORS, REASON_DEFINITIONS, visible } from "@assay/diagnosis";
import { STEPS } from "@assay/token";
import { z } from "@hono/zod-openapi";
import { faultsOf } from "../admin/faults-of.ts";
import { malformed } from "../endpoints/form.ts";

/** Events of one batch. */
const MOST_EVENTS = 100;
/** Of evidence, and of the facts of a cause, as JSON. */
const LONGEST_FACTS = 4096;

const number = z.int().min(1);
/** As the guard's audit makes texts of strangers. Threat: one that a terminal obeys, where a guard was taken over. */
const shown = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((given) => visible(given) === given, {
      error: "a text without control characters",
    });
const text = shown(512);
const orNull = text.nullable();
const word = z.string().regex(/^[a-z_]{1,64}$/, {
  error: "a word of small letters and underscores",
});
/** Milliseconds as `Date` writes them. Threat: a time of the right form with a hundred thousand digits. */
const moment = z.iso.datetime({
  precision: 3,
  error: "a time of ISO 8601 in UTC, such as 2026-11-26T09:00:00.000Z",
});
const digest = z.string().regex(/^[\w-]{22}$/, {
  error: "22 characters of base64url",
});
const one = <Name extends string>(names: readonly Name[], what: string) =>
  z.custom<Name>((value) => names.includes(value as Name), { error: what });

/** What the guard's audit makes of any evidence: three levels deep, and texts of strangers in it, names of members too, cut and made visible. */
const member = shown(128);
const leaf = z.union([shown(1024), z.number(), z.boolean(), z.null()]);
const within = <Inner extends z.ZodType>(inner: Inner) =>
  z.union([leaf, z.array(inner).max(16), z.record(member, inner)]);
const facts = z
  .record(member, within(within(leaf)))
  .refine((value) => JSON.stringify(value).length <= LONGEST_FACTS, {
    error: `at most ${LONGEST_FACTS} characters as JSON`,
  });

const who = z.strictObject({
  issuer: orNull,
  subject: orNull,
  client: orNull,
  tokenId: orNull,
  /** Whether the guard found the token authentic. */
  proven: z.boolean(),
});
const where = z.strictObject({
  /** Threat: a proxy hands on what its client made up; an event that is refused for it would be told by nobody. */
  method: text,
  path: text,
  host: orNull,
  ip: orNull,
  agent: orNull,
});
const key = z.strictObject({ alg: orNull, kid: orNull });
const cause = z.strictObject({
  code: one(
    Object.keys(ACTORS) as (keyof typeof ACTORS)[],
    "a cause of the catalogue",
  ),
  confidence: z.enum(["certain", "likely", "possible"]),
  facts,
});

const refusal = z.strictObject({
  sequence: number,
  event: z.enum(["token.refused", "token.undecided"]),
  at: moment,
  handle: digest,
  status: z.int().min(400).max(599),
  error: word.nullable(),
  step: z.enum(STEPS).nullable(),
  reason: one(
    Object.keys(REASON_DEFINITIONS) as (keyof typeof REASON_DEFINITIONS)[],
    "a reason of the catalogue",
  ).nullable(),
  problem: word.nullable(),
  evidence: facts.nullable(),
  cause: cause.nullable(),
  who: who.nullable(),
  where,
  key: key.nullable(),
  fingerprint: digest.nullable(),
});

const admission = z.strictObject({
  sequence: number,
  event: z.literal("token.admitted"),
  at: moment,
  who,
  where,
  key,
  fingerprint: digest,
});

const count = z.strictObject({
  sequence: number,
  event: z.literal("audit.counted"),
  at: moment,
  since: moment,
  count: number,
  /** By codes of reasons and by problems. */
  reasons: z.record(z.string().regex(/^[a-z_.]{1,64}$/), number),
});

const BATCH = z
  .strictObject({
    /** The resource that the guard stands before. */
    resource: z.string().max(2048),
    /** Names one life of its process, in which the first event is 1. */
    boot: digest,
    events: z
      .array(z.discriminatedUnion("event", [refusal, admission, count]))
      .max(MOST_EVENTS),
    /** The number with which the next batch begins: what is below and did not come is missing. */
    next: number,
  })
  .refine(
    ({ events, next }) =>
      [...events.map(({ sequence }) => sequence), next].every(
        (each, i, all) => i === 0 || each > (all[i - 1] ?? 0),
      ),
    { error: "numbers that rise, and next above them", path: ["next"] },
  );

export type ToldCause = z.output<typeof cause>;
export type ToldRefusal = z.output<typeof refusal>;
export type ToldAdmission = z.output<typeof admission>;
export type ToldCount = z.output<typeof count>;
export type ToldBatch = z.output<typeof BATCH>;
export type ToldEvent = ToldBatch["events"][number];

/** RFC 6749 section 5.2: what error_description may hold. */
const sayable = (sentence: string): string =>
  sentence.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "'");

/** Throws invalid_request, which says what was expected and what was found. */
export function readBatch(body: string): ToldBatch {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw malformed("The body must be one JSON object.", "json");
  }
  const read = BATCH.safeParse(given);
  if (read.success) return read.data;
  const [fault] = faultsOf(read.error.issues, given, "", []);
  throw malformed(
    fault
      ? sayable(
          `${fault.at === "" ? "The body" : fault.at}: expected ${fault.expected}; found ${fault.found}.`,
        )
      : "The body is no batch of events.",
    "json",
  );
}
