/** What stands in the facts in place of a text that may be a secret: its length only (docs/contract/diagnosis.md, rule 5). */

export const notShown = (text: string): string =>
  `not shown (${text.length} characters)`;

/** The length of the text that is not shown; null: this is no such mark. */
export function hiddenLength(mark: string): number | null {
  const length = /^not shown \((\d{1,6}) characters\)$/.exec(mark)?.[1];
  return length === undefined ? null : Number(length);
}
