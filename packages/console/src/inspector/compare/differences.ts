/** What differs between two tokens, member by member: what was lost first, because that is what breaks things. */
import { equal } from "./equal.ts";

export type Kind = "lost" | "added" | "changed" | "same";

export interface Difference {
  readonly part: "header" | "claims";
  readonly name: string;
  readonly kind: Kind;
  /** undefined: it is not there. */
  readonly first: unknown;
  readonly second: unknown;
  /** Of a list or a text with blanks (scope, aud, roles): what only one side has. */
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  /** Of two times: seconds from the first to the second. */
  readonly bySeconds: number | null;
}

export interface Parts {
  readonly header: object;
  readonly claims: object;
}

const ORDER: readonly Kind[] = ["lost", "changed", "added", "same"];

export function differences(
  first: Parts,
  second: Parts,
): readonly Difference[] {
  return (["header", "claims"] as const)
    .flatMap((part) =>
      compare(part, members(first[part]), members(second[part])),
    )
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

type Members = Readonly<Record<string, unknown>>;
const members = (value: object): Members => value as Members;

function compare(
  part: Difference["part"],
  first: Members,
  second: Members,
): readonly Difference[] {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].map((name) => {
    const [a, b] = [own(first, name), own(second, name)];
    return {
      part,
      name,
      kind: kindOf(a, b),
      first: a,
      second: b,
      ...items(a, b),
      bySeconds:
        TIMES.has(name) && typeof a === "number" && typeof b === "number"
          ? b - a
          : null,
    };
  });
}

const TIMES = new Set(["exp", "nbf", "iat", "auth_time", "updated_at"]);

const own = (from: Members, name: string): unknown =>
  Object.hasOwn(from, name) ? from[name] : undefined;

function kindOf(first: unknown, second: unknown): Kind {
  if (second === undefined) return "lost";
  if (first === undefined) return "added";
  return equal(first, second) ? "same" : "changed";
}

function items(
  first: unknown,
  second: unknown,
): Pick<Difference, "lost" | "gained"> {
  const [before, after] = [itemsOf(first), itemsOf(second)];
  if (before === null || after === null) return { lost: [], gained: [] };
  return {
    lost: before.filter((one) => !after.includes(one)),
    gained: after.filter((one) => !before.includes(one)),
  };
}

/** A text with blanks counts as a list (RFC 8693 section 4.2); one word alone is a list of one. null: no list of texts. */
function itemsOf(value: unknown): readonly string[] | null {
  if (typeof value === "string")
    return value.split(" ").filter((word) => word !== "");
  return Array.isArray(value) && value.every((one) => typeof one === "string")
    ? value
    : null;
}
