/** Names under which the client may have called: from what proxies write down, from hints, and by habit. */
import type { Subject } from "./attempt.ts";
import { hostOf } from "./canonical-headers.ts";
import { headerOf, targetOf, type HeaderIndex } from "./wire.ts";

const MOST = 12;
const HOST = /^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/** Names that somebody wrote down, best first. */
export function knownHosts(subject: Subject): readonly string[] {
  const { request, headers, hints } = subject;
  const found = [
    hostOf(request.url),
    ...forwarded(headers),
    ...(hints.hosts ?? []).map(hostOfHint),
    ...received(headers),
    ...addresses(headers),
    ...ofAws(subject),
  ];
  return [...new Set(found.map((host) => host.trim()))]
    .filter((host) => HOST.test(host))
    .slice(0, MOST);
}

const hostOfHint = (hint: string): string =>
  hint.includes("://") ? hostOf(hint) : (hint.split("/")[0] as string);

/** X-Forwarded-Host and its kin, and RFC 7239's Forwarded. */
function forwarded(headers: HeaderIndex): string[] {
  const found: string[] = [];
  for (const name of [
    "x-forwarded-host",
    "x-original-host",
    "x-host",
    "x-forwarded-server",
    "x-envoy-original-host",
    "x-real-host",
  ])
    for (const value of headers.get(name) ?? [])
      found.push(...value.split(",", 4).map((host) => host.trim()));
  for (const value of headers.get("forwarded") ?? [])
    for (const piece of value.split(/[;,]/, 16)) {
      const [name, host] = piece.split("=", 2);
      if (name?.trim().toLowerCase() === "host" && host !== undefined)
        found.push(host.trim().replaceAll('"', ""));
    }
  const port = headerOf(headers, "x-forwarded-port");
  return port === null
    ? found
    : [...found, ...found.map((host) => `${withoutPort(host)}:${port}`)];
}

/** RFC 9110 section 7.6.3: `1.1 proxy.example:8080 (squid)`. */
const received = (headers: HeaderIndex): string[] =>
  (headers.get("via") ?? []).flatMap((value) =>
    value.split(",", 4).map((hop) => hop.trim().split(/\s+/, 3)[1] ?? ""),
  );

const addresses = (headers: HeaderIndex): string[] =>
  ["origin", "referer"].flatMap((name) => {
    const value = headerOf(headers, name);
    return value === null ? [] : [targetOf(value).authority];
  });

/** An AWS service's own names, with the bucket in front where one stands there now. */
function ofAws({ base, parsed }: Subject): string[] {
  if (parsed.region === null) return [];
  const host = base.headers.find(([name]) => name === "host")?.[1] ?? "";
  const regional = `${parsed.service}.${parsed.region}.amazonaws.com`;
  const global = `${parsed.service}.amazonaws.com`;
  const [bucket] = host.split(`.${parsed.service}`, 1);
  return bucket === undefined || bucket === host
    ? [regional, global]
    : [`${bucket}.${regional}`, `${bucket}.${global}`];
}

export const withoutPort = (host: string): string =>
  host.replace(/:\d{1,5}$/, "");

/** How stores of one's own are called inside: a link made there holds such a name. */
export const INSIDE_NAMES: readonly string[] = [
  "minio:9000",
  "localhost:9000",
  "127.0.0.1:9000",
  "minio",
  "s3:9000",
  "localstack:4566",
  "localhost:4566",
  "localhost.localstack.cloud:4566",
  "host.docker.internal:9000",
  "localhost",
  "garage:3900",
  "localhost:3900",
  "rgw:7480",
  "ceph:7480",
  "seaweedfs:8333",
];
