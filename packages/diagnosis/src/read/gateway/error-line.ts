/** The error logs of nginx (Kong writes the same) and Apache: what they refused and why. */
import { statusIn, type LogLine } from "./log-line.ts";

/** The time has no zone. */
const NGINX =
  /^\d{4}\/\d\d\/\d\d [\d:]{8} \[(debug|info|notice|warn|error|crit|alert|emerg)\] \d{1,9}#\d{1,9}: (?:\*(\d{1,19}) )?([^]*)$/;
/** What nginx adds behind a message. */
const BESIDE = /, (?:client|server|request|upstream|host|context): /;
/** Apache 2.4's ErrorLogFormat; the time has no zone either. */
const APACHE =
  /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} [\d:.]{8,15} \d{4}\] \[\w{0,40}:(\w{4,6})\d?\] \[pid \d{1,9}(?::tid \d{1,19})?\] (?:\(\d{1,5}\)[^:]{1,100}: )?(?:\[client ([^\]]{1,100})\] )?([^]*)$/;
/** What Apache adds in front and behind: the number of the message, the function, the file, the page that linked here. */
const APACHE_TRIMMINGS =
  /^AH\d{5}: |\[(?:file: )?[\w./-]{1,100}\.c[:,][^\]]{0,200}\](?:: )?|, referer: \S{1,2000}$/g;

/** Below a warning they talk of themselves; but of a request that is too large nginx speaks quietly. */
const isQuiet = (level: string, message: string): boolean =>
  /^(?:debug|info|notice|trace)/.test(level) &&
  !message.startsWith("client sent ");

export function readErrorLine(line: string): LogLine | null {
  const [, level = "", connection, text] = NGINX.exec(line) ?? [];
  if (text !== undefined) {
    const beside = BESIDE.exec(text)?.index ?? text.length;
    return said(
      level,
      text.slice(0, beside).replace(/^\[\w{1,30}\] /, ""),
      connection,
    );
  }
  const [, own = "", client, words] = APACHE.exec(line) ?? [];
  if (words === undefined) return null;
  const message = words.replaceAll(APACHE_TRIMMINGS, "").trim();
  // Apache talks of its own start and end without a client.
  return client === undefined ? {} : said(own, message, client);
}

const said = (
  level: string,
  message: string,
  connection: string | undefined,
): LogLine =>
  isQuiet(level, message)
    ? {}
    : { message, status: statusIn(message), connection };
