/**
 * What a diagnosis costs: our own vectors, family by family, and hostile inputs of 64 KiB; and how long the command takes from start
 * to end beside a bare `node -e 0`. `--json` prints rows only.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diagnose, readInquiry, type Inquiry } from "@assay/diagnosis";
import { exportKey, generateKey, sign } from "@assay/token";
import { report, type Row } from "./measure.ts";
import { median } from "./quantile.ts";

const vectors = new URL("../vectors/", import.meta.url);
const quick = process.argv.includes("--quick");
const rounds = quick ? 3 : 11;

async function milliseconds(inquiry: Inquiry): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await diagnose(inquiry);
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Inquiries that are made to cost: each about 64 KiB, with many keys of the dearest kinds. */
async function hostile(): Promise<Record<string, Inquiry>> {
  const dear = await generateKey("ES512", {});
  const jwk = exportKey(dear, { secret: false });
  const { kid: _kid, ...bare } = jwk as Record<string, unknown>;
  const token = await sign({ iss: "a", exp: 1 }, dear, {
    header: { kid: "none" },
  });
  const many = Array.from({ length: 200 }, (_, i) => ({
    ...bare,
    kid: `k${i}`,
  }));
  const rsa = exportKey(await generateKey("RS256", { bits: 4096 }), {
    secret: false,
  });
  const rsaToken = await sign(
    { iss: "a", exp: 1 },
    await generateKey("RS256", { bits: 4096 }),
    { header: { kid: "none" } },
  );
  const now = "2026-01-01T00:00:00Z";
  return {
    "200 P-521 keys": {
      token,
      now,
      policy: { keys: { keys: many } },
      context: { previousKeys: { keys: many.slice(0, 20) } },
    },
    "60 RSA-4096 keys": {
      token: rsaToken,
      now,
      policy: {
        keys: {
          keys: Array.from({ length: 60 }, (_, i) => ({
            ...rsa,
            kid: `r${i}`,
          })),
        },
      },
    },
    "64 KiB of dots": { token: ".".repeat(65_536), now },
    "64 KiB of percent signs": { token: "%25".repeat(21_845), now },
    "64 KiB of quotes": { token: '"'.repeat(65_536), now },
    "64 KiB secret": {
      token: `${token.split(".").slice(0, 2).join(".")}.AAAA`,
      now,
      policy: { secret: "$a".repeat(32_768), algorithms: ["HS256"] },
    },
    "64 KiB public key": {
      token,
      now,
      policy: {
        publicKey: `-----BEGIN PUBLIC KEY-----\\n${"A \\n".repeat(16_000)}`,
        algorithms: ["ES512"],
      },
    },
    "64 KiB of tokens": {
      token: `${token},`.repeat(Math.floor(65_536 / (token.length + 1))),
      now,
    },
    "64 KiB JSON": { token: `{"access_token":"${"a.".repeat(32_700)}"}`, now },
  };
}

const rows: Row[] = [];
for (const name of readdirSync(vectors).filter((file) =>
  file.endsWith(".jsonl"),
)) {
  const inquiries = readFileSync(new URL(name, vectors), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) =>
      readInquiry((JSON.parse(line) as { inquiry: unknown }).inquiry),
    );
  const times: number[] = [];
  for (const inquiry of inquiries) times.push(await milliseconds(inquiry));
  rows.push({
    bench: "why",
    case: `vectors ${name.replace(".jsonl", "")}`,
    system: "assay",
    value: median(times),
    unit: "ms",
  });
}
for (const [name, inquiry] of Object.entries(await hostile())) {
  rows.push({
    bench: "why",
    case: name,
    system: "assay",
    value: await milliseconds(inquiry),
    unit: "ms",
  });
}

/** Start to end, of the command as it is installed: its entry and its bundle, without the sources beside them. */
const cli = new URL("../packages/cli/", import.meta.url);
if (existsSync(new URL("dist/assay.js", cli))) {
  const installed = mkdtempSync(join(tmpdir(), "assay-installed-"));
  for (const part of ["bin", "dist", "package.json"])
    cpSync(new URL(part, cli), join(installed, part), { recursive: true });
  const es256 = await sign(
    { iss: "a", exp: 1 },
    await generateKey("ES256", {}),
  );
  const hs256 = await sign(
    { iss: "a", exp: 1 },
    await generateKey("HS256", {}),
  );
  const entry = join(installed, "bin/assay.js");
  const cases: [name: string, system: string, args: string[]][] = [
    ["start to end", "node:crypto", ["-e", "0"]],
    ["start to end", "assay", [entry, "why", es256]],
    ["start to end HS256", "assay", [entry, "why", hs256]],
  ];
  const times = cases.map((): number[] => []);
  for (let i = 0; i < rounds * 3; i++) {
    for (const [at, [, , args]] of cases.entries()) {
      const start = performance.now();
      spawnSync(process.execPath, args, {
        stdio: "ignore",
        env: { ...process.env, NODE_OPTIONS: "" },
      });
      times[at]?.push(performance.now() - start);
    }
  }
  for (const [at, [name, system]] of cases.entries())
    rows.push({
      bench: "why",
      case: name,
      system,
      value: median(times[at] ?? []),
      unit: "ms",
    });
  rmSync(installed, { recursive: true });
} else
  console.error(
    "The command is not built: run npm run build first to measure it from start to end.",
  );
report(rows);
