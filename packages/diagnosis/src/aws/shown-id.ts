/**
 * What of a key id is shown. Threat: who mixes up the two puts the secret where the key id belongs, and a secret of a store of one's own
 * may be short. Shown whole is only what has the form of a key id, or is a word that everybody knows.
 */
import { placeholderKind } from "./placeholder-keys.ts";

/** Of AWS, quoted or of a wrong length too; capitals and digits, as the stores that speak its language make them. */
const FORM = /^["' ]?(?:A[KS]IA[A-Z0-9]{0,28}|[A-Z0-9]{16,32})["' ]?$/i;
const OF_CAPITALS = /^["' ]?(?:A[KS]IA|[A-Z0-9]{16,32}["' ]?$)/;

export function shownId<T>(id: T): T | string {
  if (typeof id !== "string" || id === "" || id === "ASIA…") return id;
  const isKnown = placeholderKind(id) !== null && id.length <= 32;
  if (isKnown || (FORM.test(id) && OF_CAPITALS.test(id))) return id;
  return /^A[KS]IA/.test(id) ? `${id.slice(0, 4)}…` : "…";
}
