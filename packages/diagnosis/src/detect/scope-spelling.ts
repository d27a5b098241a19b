/**
 * True when two scopes are one under slightly different names: another case, another sign between the words, or something in front of one
 * of them (SCOPE_, api://…/, https://…/).
 */
export function sameScopeOtherwiseSpelled(
  needed: string,
  found: string,
): boolean {
  const [a, b] = [decoded(needed).toLowerCase(), decoded(found).toLowerCase()];
  if (a === "" || b === "" || needed === found) return false;
  return signs(a) === signs(b) || endsWith(a, b) || endsWith(b, a);
}

const signs = (scope: string): string => scope.replace(/[:./_-]+/g, ".");

const endsWith = (longer: string, shorter: string): boolean =>
  longer.length > shorter.length &&
  longer.endsWith(shorter) &&
  /[:./_#-]$/.test(longer.slice(0, longer.length - shorter.length));

function decoded(scope: string): string {
  try {
    return decodeURIComponent(scope);
  } catch {
    return scope;
  }
}
