/** Another value of a signed header than the one that arrived. */
import { withHeader, type Attempt, type Subject } from "./attempt.ts";
import { habits } from "./header-habits.ts";

/** What an opaque value could give away stays out of a diagnosis. */
const SECRET = /token|secret|cookie|authorization|password|customer-key/;
/** What concerns the connection, proxies change most. */
const VOLATILE =
  /^(?:accept|accept-encoding|content-type|connection|user-agent|te|expect|via|transfer-encoding|content-length|x-forwarded-|forwarded$|cache-control|x-amzn-trace-id)/;
const MOST_SHOWN = 120;
const MOST_HEADERS = 64;

export function* headerAttempts(subject: Subject): Generator<Attempt> {
  const { base } = subject;
  const names = base.headers
    .map(([name]) => name)
    .filter((name) => name !== "host")
    .slice(0, MOST_HEADERS);
  const byLikelihood = [
    ...names.filter((name) => VOLATILE.test(name)),
    ...names.filter((name) => !VOLATILE.test(name)),
  ];
  for (const name of byLikelihood) yield* attemptsOn(subject, name);
}

function* attemptsOn(subject: Subject, name: string): Generator<Attempt> {
  const found = subject.base.headers.find(([own]) => own === name)?.[1] ?? "";
  const show = (value: string): string | null =>
    SECRET.test(name) || value.length > MOST_SHOWN ? null : value;
  const tried = new Set([found]);
  for (const [value, how] of values(subject, name, found)) {
    if (tried.has(value)) continue;
    tried.add(value);
    yield {
      kind: "header",
      detail: `${name}:${how}`,
      header: name,
      make: () => ({
        parts: { headers: withHeader(subject, name, value) },
        expected: show(value),
        found: show(found),
      }),
    };
  }
  yield {
    kind: "header",
    detail: `${name}:not_signed`,
    header: name,
    make: () => ({
      parts: { headers: withHeader(subject, name, null) },
      found: show(found),
    }),
  };
}

function* values(
  { request, headers, hints }: Subject,
  name: string,
  found: string,
): Generator<readonly [string, string]> {
  for (const [hinted, value] of hints.headers ?? [])
    if (hinted.toLowerCase() === name) yield [value.trim(), "changed"];
  for (const value of habits(name, found)) yield [value, "changed"];
  yield ["", "added"];
  if (name === "content-length" && request.body !== null)
    yield [
      String(
        typeof request.body === "string"
          ? new TextEncoder().encode(request.body).length
          : request.body.length,
      ),
      "changed",
    ];
  const sent = headers.get(name) ?? [];
  // The signer did not trim, collapse or join as it should.
  yield [sent.map((value) => value.trim()).join(","), "blanks_kept"];
  yield [sent.join(","), "not_trimmed"];
  yield [sent.map((value) => value.trim()).join(", "), "joined"];
  yield [sent.at(0)?.trim() ?? "", "repeated"];
  yield [sent.at(-1)?.trim() ?? "", "repeated"];
  yield [found.toLowerCase(), "case"];
  yield [found.replace(/^"([^"]*)"$/, "$1"), "quoted"];
  yield [`"${found}"`, "quoted"];
  // A proxy adds itself at the end of a list, a library its name at the end of User-Agent.
  const comma = found.lastIndexOf(",");
  if (comma !== -1) yield [found.slice(0, comma).trim(), "appended"];
  const first = found.indexOf(",");
  if (first !== -1) yield [found.slice(0, first).trim(), "appended"];
  const semicolon = found.lastIndexOf(";");
  if (semicolon !== -1) yield [found.slice(0, semicolon).trim(), "appended"];
  if (name === "x-amzn-trace-id" && found.startsWith("Self="))
    yield [found.slice(found.indexOf(";") + 1), "appended"];
  if (name === "user-agent")
    for (const cut of [
      found.lastIndexOf(" "),
      found.indexOf(" "),
      found.lastIndexOf(" ("),
    ])
      if (cut > 0) yield [found.slice(0, cut), "appended"];
  if (name === "amz-sdk-request")
    for (let attempt = 1; attempt <= 3; attempt++)
      yield [found.replace(/attempt=\d+/, `attempt=${attempt}`), "changed"];
}
