/** The faults that zod found, as what was expected and what was found. */
import type { z } from "@hono/zod-openapi";
import { nearestName } from "../nearest-name.ts";
import { sayFound } from "./found.ts";
import type { Fault } from "./problem.ts";

type Issue = z.core.$ZodIssue;

/** More of them tell nothing more. */
const MOST = 20;

/** `where`: "" for the body, else what part of the address. `known`: names of the members that there are, to say which may be meant. */
export function faultsOf(
  issues: readonly Issue[],
  input: unknown,
  where: string,
  known: readonly string[],
): readonly Fault[] {
  return issues.slice(0, MOST).flatMap((issue) => {
    const at = pointer(where, issue.path);
    const found = sayFound(valueAt(input, issue.path));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownMember(at, key, known));
    return [{ at, expected: expectedBy(issue), found }];
  });
}

function unknownMember(
  at: string,
  key: string,
  known: readonly string[],
): Fault {
  const nearest = nearestName(key, known);
  const short = key.slice(0, 60);
  return {
    at: `${at}/${short}`,
    expected:
      nearest === null
        ? "no member of this name"
        : `no member of this name; ${nearest} may be meant`,
    found: sayFound(short),
  };
}

function expectedBy(issue: Issue): string {
  if (issue.code === "invalid_type")
    return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === "too_small")
    return `at least ${issue.minimum}${UNITS[issue.origin] ?? ""}`;
  if (issue.code === "too_big")
    return `at most ${issue.maximum}${UNITS[issue.origin] ?? ""}`;
  if (issue.code === "invalid_value")
    return issue.values.length === 1
      ? String(issue.values[0])
      : `one of ${issue.values.map(String).join(", ")}`;
  // Refinements and patterns of ours say what they expect.
  return issue.message;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};
const UNITS: Readonly<Record<string, string>> = {
  string: " characters",
  array: " entries",
};

function pointer(where: string, path: readonly PropertyKey[]): string {
  const steps = path.map(
    (step) =>
      `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 60)}`,
  );
  return `${where}${steps.join("")}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (
      typeof value !== "object" ||
      value === null ||
      !Object.hasOwn(value, step)
    )
      return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
