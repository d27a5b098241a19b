/** Undoes what happens to a PEM on its way through variables, forms, chats and pages. Pure; bounded by the length of the text. */
import { lenientBase64 } from "./lenient-base64.ts";
import { UNDOINGS } from "./pem-undoings.ts";

export interface RepairedPem {
  /** What was wrong, in a few words each. */
  readonly damage: readonly string[];
  /** What its label says: "PUBLIC KEY". Empty: there is none. */
  readonly label: string;
  /** The bytes that its base64 can stand for, likeliest first. */
  readonly ders: readonly Uint8Array[];
}

/** Longer than any key or chain of certificates. */
const LONGEST = 32_768;

const DASH = "[-\u2010-\u2015\u2212]";
const LABEL =
  "((?:[A-Z0-9]{1,10}[ \\t+_]{1,8}){0,2}(?:PUBLIC[ \\t+_]{0,8}KEY|PRIVATE[ \\t+_]{0,8}KEY|CERTIFICATE))";
const BEGIN = new RegExp(
  `${DASH}{0,8}[ \\t]{0,4}BEGIN[ \\t+_]{1,8}${LABEL}[ \\t]{0,8}${DASH}{0,8}`,
  "i",
);
const END = new RegExp(
  `${DASH}{0,8}[ \\t]{0,4}END[ \\t+_]{1,8}${LABEL}[ \\t]{0,8}${DASH}{0,8}`,
  "i",
);

/** null: the text has nothing of a PEM. */
export function repairPem(given: string): RepairedPem | null {
  if (given.length > LONGEST) return null;
  const damage: string[] = [];
  let text = given;
  for (const [name, undo] of UNDOINGS) {
    const undone = undo(text);
    if (undone !== text) damage.push(name);
    text = undone;
  }
  const begin = BEGIN.exec(text);
  const afterBegin = begin ? text.slice(begin.index + begin[0].length) : text;
  const end = END.exec(afterBegin);
  if (!begin && !end && !isWrappedBase64(text)) return null;
  const body = end ? afterBegin.slice(0, end.index) : afterBegin;
  damage.push(...armourDamage(begin?.[0] ?? null, end?.[0] ?? null, body));
  const label = (begin?.[1] ?? end?.[1] ?? "")
    .replace(/[\s+_]+/g, " ")
    .toUpperCase();
  const { ders, problems } = readBody(body);
  return { damage: [...new Set([...damage, ...problems])], label, ders };
}

function* armourDamage(
  begin: string | null,
  end: string | null,
  body: string,
): Generator<string> {
  if (begin === null) yield "the BEGIN line is missing";
  if (end === null) yield "the END line is missing";
  for (const line of [begin, end]) {
    if (line === null) continue;
    if (/[\u2010-\u2015\u2212]/.test(line)) yield "typographic dashes";
    else if (!/^-----[^-]+-----$/.test(line.trim()))
      yield "dashes are missing or too many";
    if (/[+_\t]| {2}/.test(line.replace(/-/g, "")))
      yield "other characters in place of blanks in its first or last line";
    if (line !== line.toUpperCase())
      yield "small letters in its first or last line";
  }
  if (
    begin !== null &&
    end !== null &&
    begin.replace(/^.*?BEGIN/i, "").replace(/\W/g, "") !==
      end.replace(/^.*?END/i, "").replace(/\W/g, "")
  )
    yield "BEGIN and END name different things";
  const lines = body.trim().split("\n");
  if (lines.length === 1 && / /.test(lines[0] as string))
    yield "blanks in place of line ends";
  else if (
    begin !== null &&
    (!/^[ \t]*\r?\n/.test(body) || (end !== null && !/\n[ \t]*$/.test(body)))
  )
    yield "the line ends are lost";
  if (lines.some((line) => /^[ \t]+\S/.test(line)))
    yield "its lines are indented";
  if (lines.some((line) => /^[ \t]*[>|*#]/.test(line)))
    yield "signs at the beginning of its lines";
}

function readBody(body: string): {
  readonly ders: readonly Uint8Array[];
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  // Header lines of the old form (RFC 1421), and what an editor or a mail puts before each line.
  const plain = body
    .replace(/^[ \t]*[>|*#]+[ \t]?/gm, "")
    .replace(/^[A-Za-z-]{1,40}: .*$/gm, "");
  const letters = plain.replace(/[^A-Za-z0-9+/=_-]/g, "");
  if (/[_-]/.test(letters)) problems.push("letters of base64url in it");
  const bare = letters.replace(/=/g, "");
  if (/[^\s"',A-Za-z0-9+/=_-]/.test(plain))
    problems.push("foreign characters in it");
  const ders = [lenientBase64(bare)];
  // A form decodes each plus sign to a blank.
  const hasBlanks = /\S \S/.test(plain) && /\n/.test(plain.trim());
  if (/\S \S/.test(plain))
    ders.push(
      lenientBase64(
        plain.replace(/\n/g, "").trim().replace(/ /g, "+").replace(/=/g, ""),
      ),
    );
  if (hasBlanks) problems.push("blanks in it, perhaps in place of plus signs");
  else if (letters.length - bare.length !== (4 - (bare.length % 4)) % 4)
    problems.push("the padding at its end is wrong");
  return { ders: ders.flatMap((der) => wholeDer(der)), problems };
}

/** The DER value at the beginning, without what follows it. Empty: there is none, or its end is missing. */
function wholeDer(bytes: Uint8Array): Uint8Array[] {
  const [tag, first = 0, second = 0, third = 0] = bytes;
  if (tag !== 0x30) return [];
  const end =
    first < 0x80
      ? 2 + first
      : first === 0x81
        ? 3 + second
        : first === 0x82
          ? 4 + second * 256 + third
          : Number.POSITIVE_INFINITY;
  return end <= bytes.length ? [bytes.slice(0, end)] : [];
}

/** The lines of a PEM without its first and last: base64 in lines of one length. */
function isWrappedBase64(text: string): boolean {
  const lines = text.trim().split(/\r?\n/);
  return (
    lines.length > 2 &&
    lines.every((line) => /^[A-Za-z0-9+/=]+$/.test(line.trim())) &&
    lines
      .slice(0, -1)
      .every(
        (line) => line.trim().length === (lines[0] as string).trim().length,
      )
  );
}
