/** What `wget -d` tells: each request and each answer between two lines of its own; brought into the form of `curl -v`. `wget -S` tells the answers alone. */
import { readCurlOutput } from "./curl-output.ts";
import type { Hop } from "./failing-exchange.ts";
import { hopsOfMessages } from "./http-exchanges.ts";
import { readHttpMessages } from "./http-message.ts";

/** Null when the text is no such output. */
export function readWgetDebug(text: string): readonly Hop[] | null {
  if (!/^---request begin---\r?$/m.test(text)) return answersOf(text);
  const lines: string[] = [];
  let mark: string | null = null;
  for (const raw of text.split("\n")) {
    const line = raw.replace(/\r$/, "");
    const part = /^---(request|response) (begin|end)---$/.exec(line);
    if (part)
      mark = part[2] === "end" ? null : part[1] === "request" ? ">" : "<";
    else if (mark !== null) lines.push(`${mark} ${line}`);
    else if (/^--[\d -]{10}[\d :]{9}--  http:/.test(line))
      lines.push("* Connected to it without TLS");
    else {
      const body = /^Skipping \d{1,19} bytes of body: \[([^]*)\] done\.$/.exec(
        line,
      );
      if (body?.[1] !== undefined) lines.push("< ", body[1]);
    }
  }
  return readCurlOutput(lines.join("\n"));
}

/** Indented by two, behind a line of wget's own. */
function answersOf(text: string): readonly Hop[] | null {
  if (
    !/^HTTP request sent, awaiting response\.\.\. \r?\n {2}HTTP\//m.test(text)
  )
    return null;
  const lines = text.split("\n").filter((line) => line.startsWith("  "));
  const messages = readHttpMessages(
    lines.map((line) => line.slice(2)).join("\n"),
  );
  return messages && hopsOfMessages(messages);
}
