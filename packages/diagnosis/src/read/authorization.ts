import type { RequestSeen } from "../inquiry.ts";
import { trimBlanks } from "./header-list.ts";

/** Words that begin a credential, and weaker ones that do so only in front of one long word. Anything else is text. */
const SCHEME =
  /^(?:(?:bearer|dpop|aws4-hmac-sha256):?(?:[ \t]|$)|(?:basic|token|jwt|apikey|negotiate):?[ \t]{1,9}\S{16,}$)/i;

/** A header as source code has it: quoted, perhaps with a comma behind. */
const QUOTED = /^(["'])(authorization)\1[ \t]*:[ \t]*(["'])/i;

/**
 * An Authorization line, or its value alone. A line without a colon stays what it is, a name without a value. The value keeps line
 * breaks inside it: they are damage, unless header lines follow, and then the text is an HTTP message.
 */
export function readAuthorization(text: string): RequestSeen | null {
  const line = trimBlanks(text.replace(/\r?\n$/, "")).replace(/^[\r\n]+/, "");
  if (/\n[ \t]*[\w-]{1,64}:[ \t]/.test(line)) return null;
  const quoted = QUOTED.exec(line);
  if (quoted)
    return withValue(
      "authorization",
      unquoted(line.slice(quoted[0].length), quoted[3] as string),
    );
  const name = /^(?:proxy-)?authorization(?=[ \t:])/i.exec(line)?.[0];
  if (name !== undefined) {
    const rest = trimBlanks(line.slice(name.length));
    return rest.startsWith(":")
      ? withValue(name, trimBlanks(rest.slice(1)))
      : withValue(line, "");
  }
  return SCHEME.test(line) ? withValue("authorization", line) : null;
}

const withValue = (name: string, value: string): RequestSeen => ({
  headers: { [name]: value },
});

function unquoted(value: string, mark: string): string {
  const end = value.lastIndexOf(mark);
  return end >= 0 && /^[,;\s]*$/.test(value.slice(end + 1))
    ? value.slice(0, end)
    : value;
}
