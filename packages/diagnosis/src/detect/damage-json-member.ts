/** A whole token response, or another document, in place of the token: the token that is in it. */
import { repaired, type Repair } from "./damage-repair.ts";
import { wholeToken } from "./damage-whole.ts";

/** The names under which a token stands, best first. */
const NAMES = [
  "access_token",
  "accesstoken",
  "id_token",
  "idtoken",
  "token",
  "jwt",
  "value",
  "bearer",
];

/** Documents nest; nobody hides a token deeper than this. */
const DEEPEST = 6;
/** Members looked at, at most. */
const MOST_MEMBERS = 500;

interface Member {
  readonly name: string;
  readonly value: string;
}

/** All texts in the document that could be the token, under their names. */
function textsIn(
  value: unknown,
  name: string,
  depth: number,
  found: Member[],
): void {
  if (found.length >= MOST_MEMBERS || depth > DEEPEST) return;
  if (typeof value === "string") found.push({ name, value });
  else if (Array.isArray(value))
    for (const item of value) textsIn(item, name, depth + 1, found);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value))
      textsIn(item, key, depth + 1, found);
}

const rankOf = ({ name }: Member): number => {
  const at = NAMES.indexOf(name.toLowerCase().replaceAll("-", "_"));
  return at < 0 ? NAMES.length : at;
};

/** The member that a token stands in, by its form and then by its name. null: there is none. */
export function tokenMember(text: string): Member | null {
  const bare = text.trim();
  if (!/^[{[]/.test(bare)) return null;
  const members: Member[] = [];
  try {
    textsIn(JSON.parse(bare), "", 0, members);
  } catch {
    return printedMember(bare);
  }
  const named = members.toSorted((a, b) => rankOf(a) - rankOf(b));
  return (
    named.find(({ value }) =>
      wholeToken(value.replace(/^bearer\s+/i, "").trim()),
    ) ??
    named.find(
      (member) => rankOf(member) < NAMES.length && member.value.length >= 16,
    ) ??
    null
  );
}

/** The print form of a map that is no JSON: Python, Ruby, Go, JavaScript, or JSON that was cut off. */
function printedMember(text: string): Member | null {
  const at =
    /["']?\b(access_?token|id_?token|token|jwt|value)["']?\s{0,4}(?::|=>|=)\s{0,4}["']?(?=eyJ)/i.exec(
      text,
    );
  if (!at) return null;
  const value = /^[\w.-]+/.exec(text.slice(at.index + at[0].length))?.[0] ?? "";
  return { name: at[1] as string, value };
}

export const takeMember: Repair = (text) => {
  const member = tokenMember(text);
  return member && wholeToken(member.value.replace(/^bearer\s+/i, "").trim())
    ? repaired(text, member.value, "token.json_instead", {
        member: member.name.slice(0, 20) || null,
      })
    : null;
};
