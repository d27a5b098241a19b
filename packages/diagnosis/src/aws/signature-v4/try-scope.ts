/** Another region, service, date or method than the request names. */
import type { Attempt, Change, Subject } from "./attempt.ts";
import { withHeader } from "./attempt.ts";
import { hostOf } from "./canonical-headers.ts";
import { basicOf, momentOf } from "./dates.ts";
import { lifetimes } from "./query-writings.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

export function* methodAttempts(subject: Subject): Generator<Attempt> {
  const found = subject.base.method;
  const others = new Set([
    found.toUpperCase(),
    ...METHODS,
    found.toLowerCase(),
  ]);
  others.delete(found);
  for (const method of others)
    yield {
      kind: "method",
      detail: method.toUpperCase() === found.toUpperCase() ? "case" : "changed",
      make: () => ({ parts: { method }, expected: method, found }),
    };
}

export function* regionAttempts(subject: Subject): Generator<Attempt> {
  const found = subject.parsed.region;
  if (found === null) return;
  const labels = hostOf(subject.request.url).split(".", 12);
  const others = new Set([
    ...(subject.hints.regions ?? []),
    ...labels.filter((label) => REGION.test(label)),
    "us-east-1",
    found.toLowerCase(),
  ]);
  others.delete(found);
  for (const region of others)
    yield* scopeAttempts(subject, "region", found, region);
}

export function* serviceAttempts(subject: Subject): Generator<Attempt> {
  const found = subject.parsed.service;
  const others = new Set([
    ...(subject.hints.services ?? []),
    ...hostOf(subject.request.url).split(".", 3),
    "s3",
    "execute-api",
    "es",
    found.toLowerCase(),
  ]);
  others.delete(found);
  others.delete("");
  for (const service of others)
    yield* scopeAttempts(subject, "service", found, service);
}

/** In the scope of the string to sign as in the key; in a URL the scope is a signed parameter besides. */
function* scopeAttempts(
  { base, parsed }: Subject,
  kind: "region" | "service",
  found: string,
  expected: string,
): Generator<Attempt> {
  const change: Change = { [kind]: expected, expected, found };
  yield { kind, detail: "changed", make: () => change };
  if (parsed.form === "header") return;
  const query = base.query.replace(`%2F${found}%2F`, `%2F${expected}%2F`);
  yield {
    kind,
    detail: "changed",
    make: () => ({ ...change, parts: { query } }),
  };
}

export function* dateAttempts(subject: Subject): Generator<Attempt> {
  const { parsed, base } = subject;
  const found = parsed.amzDate;
  if (found === null) return;
  const day = found.slice(0, 8);
  if (day !== parsed.scopeDate)
    for (const change of [
      { scopeDate: day },
      { amzDate: parsed.scopeDate + found.slice(8) },
    ] satisfies Change[])
      yield {
        kind: "date",
        detail: "scope_day",
        make: () => ({ ...change, expected: day, found: parsed.scopeDate }),
      };
  // Read twice from the clock, once for the header and once for the string to sign.
  for (const seconds of [-1, 1, -2, 2]) {
    const amzDate = basicOf(momentOf(found) + seconds * 1000);
    const parts = redated(subject, amzDate);
    const changes: readonly Change[] = [
      { amzDate },
      { amzDate, parts },
      { parts },
    ];
    for (const change of changes)
      yield {
        kind: "date",
        detail: "seconds",
        make: () => ({ ...change, expected: amzDate, found }),
      };
  }
  for (const [query, seconds] of lifetimes(subject))
    if (query !== base.query)
      yield {
        kind: "date",
        detail: "lifetime",
        make: () => ({
          parts: { query },
          expected: seconds,
          found: String(parsed.expiresSeconds),
        }),
      };
}

const redated = (
  subject: Subject,
  amzDate: string,
): NonNullable<Change["parts"]> =>
  subject.parsed.form === "header"
    ? { headers: withHeader(subject, "x-amz-date", amzDate) }
    : {
        query: subject.base.query.replace(
          /(^|&)X-Amz-Date=[^&]*/,
          `$1X-Amz-Date=${amzDate}`,
        ),
      };
