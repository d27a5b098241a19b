/** Canonical queries that signers make in place of the right one, or that were right for another query than the one that arrived. */
import type { Subject } from "./attempt.ts";
import {
  signedPairs,
  sortPairs,
  writePairs,
  type QueryPair,
} from "./canonical-query.ts";
import { decode, encode, recode } from "./percent.ts";
import { pairsOf } from "./wire.ts";

/** Parameters that are left out one at a time. */
const MOST_LEFT_OUT = 24;
/** Lifetimes that links are commonly made for, in seconds. */
const LIFETIMES = [
  60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 28800, 43200, 86400,
  172800, 259200, 604800,
];

export function* queryWritings(
  subject: Subject,
): Generator<readonly [string, string]> {
  const { query } = subject.target;
  if (query === null) return;
  const wire = pairsOf(query).filter(
    ([name]) => !subject.unsigned.has(decode(name).toLowerCase()),
  );
  const pairs = signedPairs(query, subject.unsigned);
  const sorted = sortPairs(pairs);
  /** The rules but for the encoding of one pair. */
  const written = (form: (text: string) => string, sort = true): string => {
    const all = wire.map(([name, value]): QueryPair => [
      form(name),
      form(value ?? ""),
    ]);
    return writePairs(sort ? sortPairs(all) : all);
  };
  yield [writePairs(pairs), "not_sorted"];
  yield [written((text) => recode(text)), "plus"];
  yield [written((text) => text.replaceAll("%20", "+")), "plus"];
  yield [sorted.map(bareName).join("&"), "empty_value"];
  yield [pairs.map(bareName).join("&"), "empty_value"];
  yield [wire.map(([name, value]) => asSent(name, value)).join("&"), "as_sent"];
  yield [
    wire
      .map(([name, value]) => asSent(name, value))
      .toSorted()
      .join("&"),
    "as_sent",
  ];
  yield [written((text) => text), "as_sent"];
  yield [written((text) => encode(text)), "encoded_twice"];
  yield [written((text) => encode(text), false), "encoded_twice"];
  yield [written(decode), "decoded"];
  yield [written((text) => decode(text.replaceAll("+", " "))), "decoded"];
  for (const marks of ["!'()*", "/", ":", "/:", ",", "@", "+", "*", "=", ";"])
    yield [written((text) => recode(text, marks)), "marks_kept"];
  yield [sortedBy(pairs, (text) => text.toLowerCase()), "not_sorted"];
  yield [sortedBy(pairs, decode), "not_sorted"];
  yield [
    pairs
      .map(([name, value]) => `${name}=${value}`)
      .toSorted()
      .join("&"),
    "not_sorted",
  ];
  yield [
    writePairs(sorted).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    "small_letters",
  ];
  // aws4 and aws4fetch sign only the first of a repeated name for S3.
  const names = new Set<string>();
  yield [
    writePairs(
      sortPairs(pairs.filter(([name]) => !names.has(name) && names.add(name))),
    ),
    "repeated",
  ];
  yield ["", "left_out"];
  for (const [at, [name]] of [...sorted.entries()].slice(0, MOST_LEFT_OUT))
    yield [
      writePairs(sorted.filter((_, index) => index !== at)),
      `left_out:${decode(name).slice(0, 64)}`,
    ];
}

/** Links whose lifetime was changed by hand. */
export function* lifetimes(
  subject: Subject,
): Generator<readonly [string, string]> {
  if (subject.parsed.expiresSeconds === null) return;
  for (const seconds of LIFETIMES)
    yield [
      subject.base.query.replace(
        /(^|&)X-Amz-Expires=\d+/,
        `$1X-Amz-Expires=${seconds}`,
      ),
      String(seconds),
    ];
}

const asSent = (name: string, value: string | null): string =>
  value === null ? name : `${name}=${value}`;

const bareName = ([name, value]: QueryPair): string =>
  value === "" ? name : `${name}=${value}`;

function sortedBy(
  pairs: readonly QueryPair[],
  form: (text: string) => string,
): string {
  const keyed = pairs.map((pair) => ({ key: form(pair[0]), pair }));
  return writePairs(
    keyed
      .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ pair }) => pair),
  );
}
