/** What a resource says in WWW-Authenticate (RFC 9110 section 11.6.1, RFC 6750 section 3). */

export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** One piece: a comma, a parameter, or a scheme with perhaps a token68. In this order. */
const PIECE =
  /\s*(?:,|([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+))(?=\s*(?:,|$))|([!#$%&'*+.^_`|~\w-]+)(?:[ \t]+([A-Za-z0-9\-._~+/]+=*)(?=\s*(?:,|$)))?)/gy;
/** Longest header that is read, in characters. */
const LONGEST = 8192;

export function readChallenges(header: string | null): readonly Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name, quoted, bare, scheme] of (header ?? "")
    .slice(0, LONGEST)
    .matchAll(PIECE)) {
    if (scheme !== undefined)
      found.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else if (name !== undefined)
      found
        .at(-1)
        ?.parameters.set(
          name.toLowerCase(),
          bare ?? quoted?.replaceAll(/\\(.)/g, "$1") ?? "",
        );
  }
  return found;
}
