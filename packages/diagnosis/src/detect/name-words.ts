/** The words of a name, an address or a path, in lower case: what is between the signs. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Words that every second name holds: sharing one of them relates nothing. */
const COMMON = new Set(
  (
    "http https www api apis app apps auth oauth oauth2 oidc openid connect login signin signon sso idp identity id ids iam account accounts secure " +
    "token tokens issuer server service services default realms realm common org com net edu gov io co eu us uk de fr au ca jp example test invalid localhost " +
    "local internal external cloud web v1 v2 client portal public private gateway backend admin identityserver idsrv keycloak kc dex hydra ory zitadel " +
    "authentik goauthentik wso2 adfs fusionauth gluu curity east west north south"
  ).split(" "),
);

/** True when two names share a word that is not in everybody's names. */
export function shareAWord(a: string, b: string): boolean {
  const others = new Set(wordsOf(b));
  return wordsOf(a).some(
    (word) =>
      word.length > 2 &&
      !COMMON.has(word) &&
      !isNumber(word) &&
      others.has(word),
  );
}

/** True when a name holds nothing but words that every second name holds. */
export const isCommon = (name: string): boolean =>
  wordsOf(name).every((word) => COMMON.has(word) || isNumber(word));

/** What each name has that the other has not; a word that stands twice counts twice. */
export function differingWords(
  a: string,
  b: string,
): readonly [readonly string[], readonly string[]] {
  return [without(wordsOf(a), wordsOf(b)), without(wordsOf(b), wordsOf(a))];
}

function without(
  words: readonly string[],
  others: readonly string[],
): string[] {
  const left = new Map<string, number>();
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

const isNumber = (word: string): boolean => /^\d+$/.test(word);
