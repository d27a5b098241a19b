import type { Facts } from "../causes.ts";

/** The causes that a repair of the text can show. */
export type DamageCause =
  | "token.scheme_repeated"
  | "token.scheme_missing"
  | "token.quoted"
  | "token.whitespace"
  | "token.line_wrapped"
  | "token.concatenated"
  | "token.percent_encoded"
  | "token.base64_not_url"
  | "token.double_encoded"
  | "token.json_instead"
  | "token.altered"
  | "token.truncated";

/** One damage that was undone. */
export type Damage = {
  [C in DamageCause]: { readonly cause: C; readonly facts: Facts[C] };
}[DamageCause];

export interface Repaired {
  readonly text: string;
  readonly damage: Damage;
}

/** A pure guess at one damage: the text without it. null: there is no sign of this damage. */
export type Repair = (text: string) => Repaired | null;

/** Builds the answer of a repair; the compiler holds cause and facts together. null when the text did not change. */
export function repaired<C extends DamageCause>(
  before: string,
  text: string,
  cause: C,
  facts: Facts[C],
): Repaired | null {
  return text === before || text === ""
    ? null
    : { text, damage: { cause, facts } as Damage };
}

/** A text on the way to a whole token, with what was undone to get there. */
export interface Attempted {
  readonly text: string;
  readonly damages: readonly Damage[];
  /** The text before the last repair. */
  readonly before: string | null;
}
