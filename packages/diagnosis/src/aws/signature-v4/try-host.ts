/** Another Host than the one that arrived: the name and port that the client called. */
import {
  withHeader,
  type Attempt,
  type Change,
  type Subject,
} from "./attempt.ts";
import { INSIDE_NAMES, knownHosts, withoutPort } from "./host-candidates.ts";

const USUAL_PORTS = [443, 80, 8080, 8443, 9000];

export const hostOfBase = (subject: Subject): string | null =>
  subject.base.headers.find(([name]) => name === "host")?.[1] ?? null;

export const hostChange = (subject: Subject, host: string): Change => ({
  parts: { headers: withHeader(subject, "host", host) },
  expected: host,
  found: hostOfBase(subject),
});

export function* hostAttempts(subject: Subject): Generator<Attempt> {
  const found = hostOfBase(subject);
  if (found === null) return;
  const tried = new Set([found]);
  for (const [host, detail] of writings(subject, found)) {
    if (tried.has(host)) continue;
    tried.add(host);
    yield { kind: "host", detail, make: () => hostChange(subject, host) };
  }
}

function* writings(
  subject: Subject,
  found: string,
): Generator<readonly [string, string]> {
  const known = knownHosts(subject);
  for (const host of known) yield [host, detailOf(host, found)];
  const bare = withoutPort(found);
  yield [bare, "port"];
  yield [found.toLowerCase(), "case"];
  yield [bare.replace(/\.$/, ""), "name"];
  const ports = new Set([
    ...[found, ...known, subject.target.authority]
      .map((host) => /:(\d{1,5})$/.exec(host)?.[1])
      .filter((port) => port !== undefined),
    ...USUAL_PORTS.map(String),
  ]);
  for (const host of [bare, ...known]) {
    const name = withoutPort(host);
    yield [name, detailOf(name, found)];
    for (const port of ports)
      yield [`${name}:${port}`, detailOf(`${name}:${port}`, found)];
  }
  for (const name of INSIDE_NAMES) yield [name, "name"];
}

const detailOf = (host: string, found: string): string =>
  withoutPort(host) === withoutPort(found) ? "port" : "name";
