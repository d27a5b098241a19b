/** What stands above a page: what kind of code it is, whom it concerns, and its definition. */
import {
  CAUSE_DEFINITIONS,
  ENGLISH,
  REASON_DEFINITIONS,
  type Actor,
} from "@assay/diagnosis";
import { isUndecided, type Reason } from "@assay/token";
import type { Kind } from "./page.ts";

const DEFINITIONS: Readonly<Record<string, string>> = {
  ...REASON_DEFINITIONS,
  ...CAUSE_DEFINITIONS,
};

/** null: a guide has none. */
export const definitionOf = (name: string): string | null =>
  Object.hasOwn(DEFINITIONS, name) ? (DEFINITIONS[name] as string) : null;

/** `owner`: the step of a reason, the actor of a cause. null: a guide needs none. */
export function introduction(
  kind: Kind,
  name: string,
  owner: string,
): string | null {
  switch (kind) {
    case "reasons":
      return `A reason. The step ${owner} ${isUndecided(name as Reason) ? "leaves the token undecided" : "refuses the token"}.`;
    case "causes":
      return `A cause. Who must act: ${ENGLISH.actors[owner as Actor]}.`;
    case "guides":
      return null;
  }
}
