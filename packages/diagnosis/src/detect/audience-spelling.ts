import { readIssuerAddress } from "./issuer-address.ts";

const PREFIX = /^(?:[a-z][a-z0-9+.-]*:\/\/|spn:|urn:(?:uuid:)?)+/i;

/** How a found audience is the expected one in another spelling, in words; null: it is not. */
export function audienceSpelling(
  expected: string,
  found: string,
): string | null {
  const [a, b] = [expected.trim(), found.trim()];
  if (a === b) return "blanks";
  if (unslashed(a) === unslashed(b)) return "a slash at the end";
  if (a.toLowerCase() === b.toLowerCase()) return "upper and lower case";
  if (unprefixed(a) === unprefixed(b)) return prefixes(a, b);
  if (unprefixed(a).toLowerCase() === unprefixed(b).toLowerCase())
    return "prefix, slash or case";
  if (heldIn(found, expected)) return "several audiences in one text";
  return samePlace(a, b);
}

const unslashed = (text: string): string => text.replace(/\/+$/, "");
const unprefixed = (text: string): string =>
  unslashed(text.replace(PREFIX, ""));
const prefixes = (a: string, b: string): string => {
  const [ours, theirs] = [PREFIX.exec(a)?.[0] ?? "", PREFIX.exec(b)?.[0] ?? ""];
  const web = /^https?:\/\/$/i;
  return web.test(ours) && web.test(theirs)
    ? "http and https"
    : `the prefix ${ours || theirs}`;
};

/** An array that somebody wrote as one text: with blanks, with commas, or as JSON. */
const heldIn = (text: string, one: string): boolean =>
  /[\s,;[]/.test(text) && text.split(/[\s,;[\]"']+/).includes(one);

/** One host, with a port or a path that the other lacks. */
function samePlace(expected: string, found: string): string | null {
  const [a, b] = [readIssuerAddress(expected), readIssuerAddress(found)];
  const [host, otherHost] = [
    a.host ?? a.path.toLowerCase(),
    b.host ?? b.path.toLowerCase(),
  ];
  if (host !== otherHost || host === "") return null;
  if (a.host !== null && b.host !== null && a.path !== b.path) {
    const [longer, shorter] =
      a.path.length > b.path.length ? [a.path, b.path] : [b.path, a.path];
    return longer.startsWith(`${shorter}/`) ? "a path at the end" : null;
  }
  return a.port === b.port ? null : "the port";
}
