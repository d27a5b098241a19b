/** The sink that tells an issuer: in batches, again until they are taken, within its bound, and never in the way of a request. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  tellIssuer,
  type AuditEvent,
  type IssuerSink,
  type IssuerSinkOptions,
  type IssuerSinkTrouble,
} from "@assay/guard";
import { listen } from "./listen.ts";

interface Batch {
  readonly resource: string;
  readonly boot: string;
  readonly events: readonly { readonly sequence: number; at?: string }[];
  readonly next: number;
}

type Answering = (
  batch: Batch,
  authorization: string,
) => { readonly status: number; readonly body?: object; headers?: object };

/** An issuer that answers as it is told to, and a sink that tells it. */
async function openSink(
  answering: Answering,
  options: Partial<IssuerSinkOptions> = {},
): Promise<
  AsyncDisposable & {
    readonly sink: IssuerSink;
    readonly batches: Batch[];
    readonly troubles: IssuerSinkTrouble[];
  }
> {
  const batches: Batch[] = [];
  const troubles: IssuerSinkTrouble[] = [];
  const server = await listen((request, response) => {
    void (async () => {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      const batch = JSON.parse(body) as Batch;
      batches.push(batch);
      const answer = answering(batch, request.headers.authorization ?? "");
      response.writeHead(answer.status, {
        "content-type": "application/json",
        ...answer.headers,
      });
      response.end(JSON.stringify(answer.body ?? {}));
    })();
  });
  const sink = tellIssuer({
    endpoint: `${server.origin}/guard-events`,
    clientId: "orders api",
    clientSecret: "s:ecret",
    resource: "https://api.test",
    gatherFor: 0,
    longestWait: 10,
    onTrouble: (trouble) => troubles.push(trouble),
    ...options,
  });
  return {
    sink,
    batches,
    troubles,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const counted = (count: number): AuditEvent => ({
  event: "audit.counted",
  at: "2026-11-26T09:00:00.000Z",
  since: "2026-11-26T08:59:00.000Z",
  count,
  reasons: {},
});

const takes: Answering = ({ next }) => ({ status: 200, body: { next } });
const numbers = ({ events }: Batch): readonly number[] =>
  events.map(({ sequence }) => sequence);

/** Waits for what the sink does by itself. */
async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test("gathers events, numbers them from one, and says who tells and of what", async () => {
  const seen: string[] = [];
  await using bed = await openSink((batch, authorization) => {
    seen.push(authorization);
    return takes(batch, authorization);
  });
  for (let i = 1; i <= 250; i++) bed.sink(counted(i));
  await until(() => bed.sink.waiting() === 0);
  assert.deepEqual(
    bed.batches.flatMap(numbers),
    Array.from({ length: 250 }, (_, i) => i + 1),
  );
  assert.ok(bed.batches.every(({ events }) => events.length <= 100));
  const [first] = bed.batches;
  assert.equal(first?.resource, "https://api.test");
  assert.match(first.boot, /^[\w-]{22}$/);
  assert.equal(first.boot, bed.sink.boot);
  assert.equal(bed.batches.at(-1)?.next, 251);
  // RFC 6749 section 2.3.1: form-encoded first.
  assert.equal(seen[0], `Basic ${btoa("orders+api:s%3Aecret")}`);
});

test("sends again what was not taken, with the same numbers, until it is", async () => {
  let fails = 3;
  await using bed = await openSink((batch, authorization) =>
    fails-- > 0
      ? { status: 503, headers: { "retry-after": "1" } }
      : takes(batch, authorization),
  );
  bed.sink(counted(1));
  await until(() => bed.sink.waiting() === 0);
  assert.deepEqual(bed.batches.map(numbers), [[1], [1], [1], [1]]);
  assert.equal(bed.troubles.length, 3);
  assert.equal(bed.troubles[0]?.why, "HTTP status 503");
  assert.equal(bed.sink.dropped(), 0);
});

test("goes on where the issuer has stopped that takes a batch in part", async () => {
  await using bed = await openSink(
    ({ events, next }) => ({
      status: 200,
      body: { next: events.length > 2 ? (events[2]?.sequence ?? 0) : next },
    }),
    { longestWait: 1 },
  );
  for (let i = 1; i <= 5; i++) bed.sink(counted(i));
  while (bed.sink.waiting() > 0) await bed.sink.settled();
  assert.deepEqual(bed.batches.map(numbers), [[1, 2, 3, 4, 5], [3, 4, 5], [5]]);
});

test("what finds no room is lost and counted, and the next batch leaves its numbers out", async () => {
  let away = true;
  await using bed = await openSink(
    (batch, authorization) =>
      away ? { status: 503 } : takes(batch, authorization),
    { queue: 3 },
  );
  for (let i = 1; i <= 8; i++) bed.sink(counted(i));
  await bed.sink.settled();
  assert.equal(bed.sink.waiting(), 3);
  assert.equal(bed.sink.dropped(), 5);
  assert.equal(bed.troubles[0]?.why, "no room");
  away = false;
  await bed.sink.settled();
  // Nothing of the last ones came, and still the issuer hears of them: the number that is next says it.
  const last = bed.batches.at(-1);
  assert.deepEqual([last && numbers(last), last?.next], [[1, 2, 3], 9]);
});

test("an event that the issuer refuses is given up, and the others pass", async () => {
  await using bed = await openSink((batch, authorization) =>
    numbers(batch).includes(7)
      ? {
          status: 400,
          body: {
            error: "invalid_request",
            error_description: "/events/0/at: expected a time; found 'x'.",
          },
        }
      : takes(batch, authorization),
  );
  for (let i = 1; i <= 20; i++) bed.sink(counted(i));
  await bed.sink.settled();
  const { batches, troubles, sink } = bed;
  const taken = batches.filter((one) => !numbers(one).includes(7));
  assert.deepEqual(
    new Set(taken.flatMap(numbers)),
    new Set(Array.from({ length: 20 }, (_, i) => i + 1).filter((i) => i !== 7)),
  );
  assert.equal(sink.dropped(), 1);
  assert.match(troubles.at(-1)?.why ?? "", /expected a time/);
});

test("a client that may not tell keeps its events, and is not asked without end", async () => {
  await using bed = await openSink(
    () => ({
      status: 400,
      body: { error: "invalid_target", error_description: "not yours" },
    }),
    { longestWait: 60_000 },
  );
  for (let i = 1; i <= 20; i++) bed.sink(counted(i));
  await bed.sink.settled();
  assert.equal(bed.batches.length, 1);
  assert.equal(bed.sink.waiting(), 20);
  assert.equal(bed.sink.dropped(), 0);
});

test("takes no endpoint that is not safe, and follows no redirect with the secret", async () => {
  for (const endpoint of [
    "http://issuer.example/guard-events",
    "https://a:b@issuer.example/",
  ])
    assert.throws(
      () =>
        tellIssuer({
          endpoint,
          clientId: "a",
          clientSecret: "b",
          resource: "https://api.test",
        }),
      /endpoint: expected an https URL/,
    );
  await using bed = await openSink(
    () => ({
      status: 307,
      headers: { location: "/elsewhere" },
    }),
    { longestWait: 60_000 },
  );
  bed.sink(counted(1));
  await bed.sink.settled();
  assert.equal(bed.batches.length, 1);
  assert.equal(bed.troubles[0]?.why, "HTTP status 307");
});
