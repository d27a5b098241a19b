/**
 * Paths that two programs could read in two ways. Threat: the guard looks the scopes of one route up, and the framework behind it
 * serves another (`/public/..%2fadmin`). What is not plain is refused, before any route is looked up.
 */

/** Dot segments, also encoded; empty segments; a hidden slash, backslash or NUL; a broken escape; a fragment; anything that is not visible ASCII. */
const AMBIGUOUS =
  /\/\/|\\|%2f|%5c|%00|\/(?:\.|%2e){1,2}(?:\/|$)|%(?![0-9a-f]{2})|#|[^\x21-\x7e]/i;

/** `path` without the query. */
export const isAmbiguous = (path: string): boolean =>
  path.charCodeAt(0) !== 47 || AMBIGUOUS.test(path);
