/** The issuer's name stands in every token, and guards compare it. A start under another name, by a port that was changed say, is told. */
import type { IssuerContext } from "./issuer-context.ts";

/** Name of the value that holds the name of the last start. */
const NAME = "issuer-name";

export async function tellOtherName(
  { store, issuer }: Pick<IssuerContext, "store" | "issuer">,
  note: (line: string) => void,
): Promise<void> {
  const before = await store.readValue(NAME);
  if (before === issuer) return;
  await store.writeValue(NAME, before, issuer);
  if (before === null) return;
  note(
    `This issuer was ${before}, and is ${issuer} now. Tokens of the old name are not good here any more, and those of this one are not at guards that expect the old. To go back: --issuer ${before}`,
  );
}
