/** Header and payload as they may have been before somebody added a member. Pure. */
import { compact } from "./json-writings.ts";

interface Before {
  readonly text: string;
  readonly added: readonly string[];
}

/** The header as it was before somebody added a member, or put the usual one in its place. */
export function* otherHeaders(header: string): Generator<Before> {
  const { alg, typ, kid, ...rest } = JSON.parse(header) as Record<
    string,
    unknown
  >;
  const more = Object.keys(rest);
  yield* without(header, "alg");
  for (const value of [{ alg, typ: "JWT" }, { typ: "JWT", alg }, { alg }]) {
    yield {
      text: compact(value),
      added: [
        ...more,
        ...(kid === undefined ? [] : ["kid"]),
        ...(typ === "JWT" ? [] : ["typ"]),
      ],
    };
  }
}

/** Each object that results when one member is left out. */
export function* without(json: string, kept: string): Generator<Before> {
  const entries = Object.entries(
    JSON.parse(json) as Record<string, unknown>,
  ).slice(0, 64);
  for (const [name] of entries) {
    if (name === kept) continue;
    yield {
      text: compact(
        Object.fromEntries(entries.filter(([other]) => other !== name)),
      ),
      added: [name.slice(0, 40)],
    };
  }
}
