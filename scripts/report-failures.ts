/** A reporter for `node --test`: each failure where it stands, what tests write, and the counts. What passes is not news. */
import { relative } from "node:path";
import type { EventData } from "node:test";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";

export default async function* reportFailures(
  events: AsyncIterable<TestEvent>,
): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
    else if (type === "test:fail") yield failure(data);
    // Each file has a summary too; the one without a name is of the whole.
    else if (type === "test:summary" && data.file === undefined)
      yield counts(data.counts);
  }
}

function failure({
  name,
  file,
  line,
  details: { error },
}: EventData.TestFail): string {
  // A suite fails because something in it failed, and that has been told.
  if ("failureType" in error && error.failureType === "subtestsFailed")
    return "";
  const place = file === undefined ? "" : ` (${relative("", file)}:${line})`;
  const what =
    error.cause instanceof Error
      ? error.cause.stack
      : inspect(error.cause ?? error);
  return `\nfailed: ${name}${place}\n${what?.replaceAll(/^/gm, "  ")}\n`;
}

function counts({
  passed,
  tests,
  skipped,
  todo,
  cancelled,
}: EventData.TestSummary["counts"]): string {
  const others = Object.entries({ skipped, todo, cancelled }).filter(
    ([, count]) => count > 0,
  );
  return `${passed} of ${tests} passed${others.map(([kind, count]) => `, ${count} ${kind}`).join("")}\n`;
}
