/**
 * `npm run bench:issuer`: our issuer beside oidc-provider, each one process, load by wrk on the last core of two. SQLite is fully durable: every
 * answer waits for its commit, in a thread of its own; oidc-provider keeps what it knows in a Map. Rounds are interleaved. `--postgres URL` adds PostgreSQL,
 * `--grants 1000000` another size of the database; `--json` prints rows. By default 128 connections ask at once: a commit to the disk is shared by those
 * that wait for it, and with fewer of them each pays for more of it (`--connections 64`); a server that keeps all in memory does not care.
 */
import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath } from "../scripts/repository.mjs";
import type { Ready } from "./issuer/server-message.ts";
import { idleMemory } from "./idle-memory.ts";
import { report, type Row } from "./measure.ts";
import { median } from "./quantile.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    postgres: { type: "string" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "5" },
    connections: { type: "string", default: "128" },
    grants: { type: "string", multiple: true, default: ["1000", "1000000"] },
  },
});

const CASES = {
  introspection: {
    endpoint: "introspection",
    form: "token=%s",
    rotate: false,
  },
  "client credentials": {
    endpoint: "token",
    form: "grant_type=client_credentials&scope=read",
    rotate: false,
  },
  refresh: {
    endpoint: "token",
    form: "grant_type=refresh_token&refresh_token=%s",
    rotate: true,
  },
} as const;
type CaseName = keyof typeof CASES;

interface System {
  readonly system: string;
  readonly label: string;
  readonly file: string;
  readonly args: readonly string[];
}

const exponent = (grants: string): string =>
  `1e${Math.round(Math.log10(Number(grants)))}`;
const SYSTEMS: readonly System[] = [
  {
    system: "oidc-provider",
    label: "map",
    file: "oidc-provider-server.ts",
    args: [],
  },
  ...values.grants.map((grants) => ({
    system: "assay",
    label: `sqlite ${exponent(grants)}`,
    file: "assay-server.ts",
    args: ["sqlite", grants],
  })),
  ...(values.postgres === undefined
    ? []
    : [
        {
          system: "assay",
          label: "postgres",
          file: "assay-server.ts",
          args: [values.postgres],
        },
      ]),
];

if (spawnSync("wrk", ["--version"]).error) {
  process.stderr.write(
    "This measurement needs wrk. On Debian: apt-get install wrk\n",
  );
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "assay-load-"));

interface Running extends System {
  readonly child: ChildProcess;
  readonly ready: Ready;
}

const running: Running[] = [];
process.once("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => process.exit(1));
for (const system of SYSTEMS) running.push(await start(system));
const loads = (Object.keys(CASES) as CaseName[]).flatMap((name) =>
  running.map((one) => ({ name, one, rates: [] as number[] })),
);
for (let round = 0; round <= Number(values.rounds); round++)
  for (const { name, one, rates } of loads) {
    const rate = await load(one, name);
    // The first round warms up.
    if (round > 0) rates.push(rate);
  }
const rows: Row[] = loads.map(({ name, one, rates }) => ({
  bench: "issuer",
  case: `${name} ${one.label}`,
  system: one.system,
  value: median(rates),
  unit: "requests/s",
}));
for (const { child, system, label } of running) {
  const bytes = await ask<number>(child, "memory");
  rows.push({
    bench: "issuer",
    case: `memory after load ${label}`,
    system,
    value: bytes / 2 ** 20,
    unit: "MiB",
  });
  child.kill();
}
if (existsSync(repositoryPath("packages/cli/dist/assay.js")))
  rows.push({
    bench: "issuer",
    case: "memory idle",
    system: "assay",
    value: median(await idleMemory(3)),
    unit: "MiB",
  });
else
  process.stderr.write(
    "The memory of an idle server was left out: it is measured as built. Run: npm run build\n",
  );
rmSync(folder, { recursive: true });
report(rows);

// Whatever happens here, the servers end.
function endAll(): void {
  for (const { child } of running) child.kill();
}

async function ask<T>(child: ChildProcess, what: string): Promise<T> {
  child.send(what);
  const [answer] = (await once(child, "message")) as [T];
  return answer;
}

async function start(system: System): Promise<Running> {
  const child = fork(
    repositoryPath(`bench/issuer/${system.file}`),
    [...system.args],
    {
      execArgv: ["--conditions=@assay/source"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const [ready] = (await once(child, "message")) as [Ready];
  return { ...system, child, ready };
}

async function load(
  { ready, child }: Running,
  name: CaseName,
): Promise<number> {
  const { endpoint, form, rotate } = CASES[name];
  const file = join(folder, "tokens");
  const tokens = rotate
    ? await ask<readonly string[]>(child, "families")
    : ready.accessTokens;
  writeFileSync(file, tokens.join("\n"));
  const { stdout, stderr } = spawnSync(
    "taskset",
    [
      "-c",
      "1",
      "wrk",
      "-t1",
      `-c${values.connections}`,
      `-d${values.seconds}s`,
      "-s",
      repositoryPath("bench/issuer/load.lua"),
      ready[endpoint],
      "--",
      form,
      file,
      rotate ? "rotate" : "keep",
      ready.authorization,
    ],
    { encoding: "utf8" },
  );
  const [, requests, errors, seconds] =
    /RESULT (\d+) (\d+) ([\d.]+)/.exec(stdout) ?? [];
  if (requests === undefined || Number(errors) > 0)
    throw new Error(
      `expected answers of 200, found ${errors ?? "no result"} others: ${stderr}${stdout}`,
    );
  return Number(requests) / Number(seconds);
}
