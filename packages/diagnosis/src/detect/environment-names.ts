import { differingWords, shareAWord } from "./name-words.ts";

const ENVIRONMENTS =
  "nonproduction|nonprod|preproduction|preprod|production|prod|prd|live|staging|stage|stg|development|develop|devel|dev|testing|test|tst|qa|uat|sandbox|sbx|sit|integration|int|acceptance|acc|demo|preview|canary|beta|alpha|ci|perf|pre|local|lab|playground";
const ENVIRONMENT = new RegExp(`^(?:${ENVIRONMENTS})\\d*$`);
const GLUED = new RegExp(
  `^(?:${ENVIRONMENTS})\\d*(?=[a-z])|(?:${ENVIRONMENTS})\\d*$`,
);

/**
 * Whether two names are those of one thing in two environments. "only": they differ by the word of the environment and by nothing
 * else but numbers. "mostly": one of them holds a further word, or both name an environment. "partly": one names an environment, and both hold further words. null: no environment tells them apart, or they
 * have nothing in common.
 */
export function differByEnvironment(
  a: string,
  b: string,
): "only" | "mostly" | "partly" | null {
  const [ours, theirs] = differingWords(bare(a), bare(b));
  const [left, right] = [ours.filter(isOther), theirs.filter(isOther)];
  const named = left.length < ours.length || right.length < theirs.length;
  if (named && left.every(isNumbered) && right.every(isNumbered)) return "only";
  if (
    !named &&
    (left.some(isGlued) || right.some(isGlued)) &&
    sameStems(left, right)
  )
    return "only";
  if (!named || !shareAWord(a, b)) return null;
  const onBothSides = left.length < ours.length && right.length < theirs.length;
  return left.length === 0 || right.length === 0 || onBothSides
    ? "mostly"
    : "partly";
}

/** http and https are no part of a name here. */
const bare = (name: string): string =>
  name.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
const isOther = (word: string): boolean => !ENVIRONMENT.test(word);
/** The random part that clouds put at the end of a project's name: it differs from environment to environment. */
const isNumbered = (word: string): boolean =>
  /\d/.test(word) && word.length >= 4;
const isGlued = (word: string): boolean => stem(word) !== word;
const stem = (word: string): string =>
  word.length > 4 ? word.replace(GLUED, "") : word;

/** acmestaging and acme, or acmedev and acmeprod. */
function sameStems(a: readonly string[], b: readonly string[]): boolean {
  const stems = (words: readonly string[]): string =>
    words
      .map(stem)
      .filter((word) => word.length > 1)
      .toSorted()
      .join(" ");
  return a.length === b.length && stems(a) === stems(b) && stems(a) !== "";
}
