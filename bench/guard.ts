/**
 * `npm run bench:guard`: what an application serves behind a guard. Express and Fastify bare, behind the check of the signature alone,
 * behind Assay, and behind its peers; each a process as its user starts it, free to use both cores, load by wrk on the last of two, which
 * it shares with whatever threads the server has besides its first. One core: the server with all its threads on the first. RS256 with
 * 2048 bits, issuer and audience checked, tokens of 800 characters. Distinct: so many tokens in turn that no cache holds one until it
 * comes again, every system as it is by default. Repeated: one token, and whoever has a cache uses it. Rounds are interleaved; a figure is
 * the median over them, with its interval of 95 %; "assay beside" says how many times what the other serves, round by round. On a busy
 * machine trust the processor time. `--json` prints rows, `--only express` a part of the cases.
 */
import {
  execFile,
  fork,
  spawnSync,
  type ChildProcess,
} from "node:child_process";
import { createPublicKey } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { exportKey, generateKey, sign } from "@assay/token";
import { repositoryPath } from "../scripts/repository.mjs";
import { APPS, type Accepted } from "./guard/apps.ts";
import { report, type Row, type Spread } from "./measure.ts";
import { median, medianInterval } from "./quantile.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    rounds: { type: "string", default: "9" },
    seconds: { type: "string", default: "4" },
    connections: { type: "string", default: "64" },
  },
});

/** A guard marks who came once at one of 8192 places, which any later one may take: of so many, 3 % are met again. */
const DISTINCT = 30_000;
const LENGTH = 800;
/** What no guard can do without, where no token comes again: it bounds what any of them can serve. */
const SIGNATURE_ALONE = "node:crypto";

if (spawnSync("wrk", ["--version"]).error) {
  process.stderr.write(
    "This measurement needs wrk. On Debian: apt-get install wrk\n",
  );
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "assay-load-"));
const children: ChildProcess[] = [];
// Whatever happens here, the servers end.
process.once("exit", () => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true });
});
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => process.exit(1));

const key = await generateKey("RS256", { bits: 2048 });
const jwk = exportKey(key, { secret: false });
const keys = createServer((_, response) =>
  response
    .setHeader("content-type", "application/jwk-set+json")
    .end(JSON.stringify({ keys: [jwk] })),
).listen(0, "127.0.0.1");
await once(keys, "listening");
const accepted: Omit<Accepted, "repeated"> = {
  issuer: "https://issuer.example.com",
  audience: "https://api.example.com",
  jwksUri: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks.json`,
  publicKey: createPublicKey({ key: jwk as never, format: "jwk" }).export({
    type: "spki",
    format: "pem",
  }),
};
const distinct = await tokens(DISTINCT);
const WAYS = {
  distinct: { file: distinct, isRepeated: false, onOneCore: false },
  "distinct, one core": { file: distinct, isRepeated: false, onOneCore: true },
  repeated: { file: await tokens(1), isRepeated: true, onOneCore: false },
};
type Way = (typeof WAYS)[keyof typeof WAYS];

interface Load {
  /** Answers a second. */
  readonly rate: number;
  /** Microseconds of the server's processor time for each answer. */
  readonly cpu: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

interface Running {
  readonly name: string;
  readonly system: string;
  readonly file: string;
  readonly child: ChildProcess;
  readonly url: string;
  readonly loads: Load[];
  /** Tokens in all rounds: the next one goes on where the last ended, or what it began with would come again too soon. */
  sent: number;
}

const running: Running[] = [];
for (const framework in APPS)
  for (const [title, way] of Object.entries(WAYS))
    for (const system in APPS[framework]) {
      if (system === SIGNATURE_ALONE && way.isRepeated) continue;
      const name = `${framework} RS256 ${title}`;
      if (!name.includes(values.only)) continue;
      const started = await start(framework, system, way);
      const { file } = way;
      running.push({ name, system, file, loads: [], sent: 0, ...started });
    }
for (let round = 0; round <= Number(values.rounds); round++)
  for (const one of running) {
    const loaded = await load(one);
    // The first round warms up.
    if (round > 0) one.loads.push(loaded);
  }

const rows: Row[] = [];
const spreads = new Map<string, Spread>();
for (const name of new Set(running.map((one) => one.name))) {
  const systems = running.filter((one) => one.name === name);
  for (const { system, loads } of systems) {
    const of = (figure: keyof Load) => loads.map((one) => one[figure]);
    add(name, system, "requests/s", of("rate"));
    add(`${name} CPU`, system, "us", of("cpu"));
    add(`${name} p50`, system, "ms", of("p50"));
    add(`${name} p99`, system, "ms", of("p99"));
  }
  for (const better of systems)
    if (better.system === "assay" || better.system === SIGNATURE_ALONE)
      for (const { system, loads } of systems)
        if (system !== better.system)
          add(
            `${name} ${better.system} beside`,
            system,
            "times",
            loads.map(({ rate }, i) => (better.loads[i] as Load).rate / rate),
          );
}
report(rows, spreads);
process.exit();

function add(
  name: string,
  system: string,
  unit: string,
  measured: readonly number[],
): void {
  const value = median(measured);
  rows.push({ bench: "guard", case: name, system, value, unit });
  spreads.set(`${name} ${system}`, {
    median: value,
    ...medianInterval(measured),
  });
}

/** Writes so many tokens into a file, one a line, and gives its name. */
async function tokens(count: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: accepted.issuer,
    aud: accepted.audience,
    iat: now - 10,
    exp: now + 86_400,
    scope: "orders:read orders:write",
  };
  const one = (i: number, pad: string): Promise<string> =>
    sign({ ...claims, sub: `user-${i}`, jti: `token-${i}`, pad }, key);
  const bare = await one(0, "");
  const pad = "x".repeat(Math.floor(((LENGTH - bare.length) * 3) / 4));
  const lines = await Promise.all(
    Array.from({ length: count }, (_, i) => one(i, pad)),
  );
  const file = join(folder, `tokens-${count}`);
  writeFileSync(file, lines.join("\n"));
  return file;
}

async function start(
  framework: string,
  system: string,
  { isRepeated, onOneCore }: Way,
): Promise<Pick<Running, "child" | "url">> {
  const child = fork(
    repositoryPath("bench/guard/server.ts"),
    [framework, system, JSON.stringify({ ...accepted, repeated: isRepeated })],
    {
      execArgv: ["--conditions=@assay/source"],
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  children.push(child);
  const [url] = (await once(child, "message")) as [string];
  // All its threads: keys and signatures may be computed in others than the first.
  if (onOneCore)
    spawnSync("taskset", ["-a", "-p", "-c", "0", String(child.pid)]);
  return { child, url };
}

async function cpuTime(child: ChildProcess): Promise<number> {
  child.send("cpu");
  const [microseconds] = (await once(child, "message")) as [number];
  return microseconds;
}

async function load(one: Running): Promise<Load> {
  const { name, system, child, url, file } = one;
  const before = await cpuTime(child);
  // Not synchronously: whoever asks for the keys is answered here.
  const { stdout, stderr } = await promisify(execFile)("taskset", [
    "-c",
    "1",
    "wrk",
    "-t1",
    `-c${values.connections}`,
    `-d${values.seconds}s`,
    "-s",
    repositoryPath("bench/guard/load.lua"),
    url,
    "--",
    file,
    String(one.sent),
  ]);
  const used = (await cpuTime(child)) - before;
  const [requests, errors, seconds, p50, p99] = (
    /RESULT (.*)/.exec(stdout)?.[1] ?? ""
  )
    .split(" ")
    .map(Number) as [number, number, number, number, number];
  if (!(requests > 0) || errors > 0)
    throw new Error(
      `${name} ${system}: expected answers of 200, found ${errors ?? "no result"} others: ${stderr}${stdout}`,
    );
  one.sent += requests;
  return { rate: requests / seconds, cpu: used / requests, p50, p99 };
}
