/**
 * How long a revocation takes: from the call to its answer, which is after the commit on disk, and from the call to the event at each of 100
 * connected feeds. The server is a process of its own, all connections are real. `--json` prints rows only; `--quick` fewer revocations.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { report, type Row } from "./measure.ts";
import { quantile } from "./quantile.ts";
import type { Ready } from "./revocation/feed-server.ts";

const FEEDS = 100;
const REVOCATIONS = process.argv.includes("--quick") ? 100 : 1000;
/** Between two revocations, so that each finds the sealer at another point of its round. */
const PAUSE = 37;

const server = fork(
  new URL("revocation/feed-server.ts", import.meta.url),
  [String(REVOCATIONS)],
  { execArgv: ["--conditions=@assay/source"] },
);
const [{ port, feedToken, authorization, tokens }] = (await once(
  server,
  "message",
)) as [Ready];

interface Waiting {
  readonly began: number;
  left: number;
  readonly all: PromiseWithResolvers<void>;
}
const waiting = new Map<string, Waiting>();
const arrivals: number[] = [];
const answers: number[] = [];
const slowest: number[] = [];

const feeds = await Promise.all(Array.from({ length: FEEDS }, openFeed));
for (const token of tokens) await revoke(token);
for (const feed of feeds) feed.destroy();
server.disconnect();

const rows: Row[] = [
  ...quantiles("call to answer", answers),
  ...quantiles("call to event", arrivals),
  ...quantiles("call to the last of 100 feeds", slowest),
];
report(rows);

async function openFeed(): Promise<IncomingMessage> {
  const asked = request({
    port,
    path: "/revocations",
    headers: { authorization: `Bearer ${feedToken}` },
    agent: false,
  });
  asked.end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  if (response.statusCode !== 200)
    throw new Error(`expected a feed, found ${response.statusCode}`);
  const live = Promise.withResolvers<void>();
  let text = "";
  response.setEncoding("utf8").on("error", () => {});
  response.on("data", (chunk: string) => {
    text += chunk;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      if (block.includes("event: heartbeat")) live.resolve();
      const [, data] = /event: revoked\ndata: (.*)$/.exec(block) ?? [];
      if (data !== undefined) arrived(data);
    }
  });
  await live.promise;
  return response;
}

function arrived(data: string): void {
  const { list, idx } = JSON.parse(data) as { list: string; idx: number };
  const one = waiting.get(`${list} ${idx}`);
  if (!one) return;
  const took = performance.now() - one.began;
  arrivals.push(took);
  if (--one.left > 0) return;
  slowest.push(took);
  one.all.resolve();
}

async function revoke(token: string): Promise<void> {
  const { status } = JSON.parse(
    Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
  ) as { status: { status_list: { idx: number; uri: string } } };
  const { idx, uri } = status.status_list;
  const all = Promise.withResolvers<void>();
  const body = new URLSearchParams({ token }).toString();
  const began = performance.now();
  waiting.set(`${uri.split("/").at(-1)} ${idx}`, { began, left: FEEDS, all });
  const asked = request({
    port,
    path: "/revoke",
    method: "POST",
    headers: {
      authorization,
      "content-type": "application/x-www-form-urlencoded",
    },
  });
  asked.end(body);
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  answers.push(performance.now() - began);
  if (response.statusCode !== 200)
    throw new Error(`expected 200, found ${response.statusCode}`);
  response.resume();
  await all.promise;
  await wait(PAUSE);
}

function quantiles(name: string, values: readonly number[]): readonly Row[] {
  const row = (share: number, of: string): Row => ({
    bench: "revocation",
    case: `${name}, ${of}`,
    system: "assay",
    value: quantile(values, share),
    unit: "ms",
  });
  return [row(0.5, "p50"), row(0.99, "p99")];
}
