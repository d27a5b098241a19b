/** What stands in templates and samples where a tenant's own name is due. */
const PLACEHOLDER =
  /\{[^{}]*\}|<[^<>]*>|%7b[^%]*%7d|:tenant(?:id)?\b|\byour[-_]?(?:tenant|realm|domain|okta|org|pool|project)\w*/i;
export const holdsPlaceholder = (text: string): boolean =>
  PLACEHOLDER.test(text);

/** null: no placeholder is there. True when the found issuer is what the expected one becomes once the placeholder is filled. */
export function matchesTemplate(
  expected: string,
  found: string,
): boolean | null {
  const match = PLACEHOLDER.exec(expected);
  if (!match) return null;
  const [before, after] = [
    expected.slice(0, match.index),
    expected.slice(match.index + match[0].length),
  ];
  // ${TENANT} is a variable that nobody filled in, not the name of a template: see `unset-setting.ts`.
  if (before.endsWith("$") || match[0].includes("{{")) return false;
  return (
    found.length > before.length + after.length &&
    found.startsWith(before) &&
    found.endsWith(after) &&
    !holdsPlaceholder(after)
  );
}
