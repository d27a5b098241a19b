/** Starts `assay aws-check` for a test, and reads what it says. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const command: string = fileURLToPath(
  new URL("../../bin/assay.js", import.meta.url),
);
export const KEY_ID = "AKIAFAKEFAKEFAKEFAKE";
export const TEMPORARY = "ASIAFAKEFAKEFAKEFAKE";
export const SECRET = "FAKEforTheTestsOfAssayOnly0123456789abcd";
export const TOKEN: string = `FAKE${"sessionToken".repeat(12)}`;

/** Files with the fake secret and token, gone at the end. */
export const folder: string = mkdtempSync(join(tmpdir(), "assay-aws-"));
export const secretFile: string = join(folder, "secret");
export const tokenFile: string = join(folder, "token");
writeFileSync(secretFile, `${SECRET}\n`, { mode: 0o600 });
writeFileSync(tokenFile, `${TOKEN}\n`, { mode: 0o600 });
process.once("exit", () => rmSync(folder, { recursive: true }));

export interface Running {
  readonly url: string;
  readonly port: number;
  readonly greeting: string;
  /** What was said since the last time, once it matches. */
  says(pattern: RegExp): Promise<string>;
  stop(): Promise<number | null>;
}

export async function start(...options: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [command, "aws-check", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  let said = "";
  let wake = (): void => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    wake();
  });
  const says = async (pattern: RegExp): Promise<string> => {
    const end = Date.now() + 20_000;
    while (!pattern.test(said)) {
      if (Date.now() > end) assert.fail(`waited for ${pattern}, got: ${said}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 200);
      });
    }
    const text = said;
    said = "";
    return text;
  };
  const greeting = await says(/\n\n/);
  const url = /^export AWS_ENDPOINT_URL=(.*)$/m.exec(greeting)?.[1] ?? "";
  return {
    url,
    port: Number(new URL(url).port),
    greeting,
    says,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", resolve);
        child.kill("SIGTERM");
      }),
  };
}

export const startLongTerm = (...more: readonly string[]): Promise<Running> =>
  start(
    "--access-key-id",
    KEY_ID,
    "--secret-access-key-file",
    secretFile,
    ...more,
  );

export const startTemporary = (...more: readonly string[]): Promise<Running> =>
  start(
    "--access-key-id",
    TEMPORARY,
    "--secret-access-key-file",
    secretFile,
    "--session-token-file",
    tokenFile,
    ...more,
  );

/** Nothing secret is ever told. */
export function assertQuiet(text: string): void {
  assert.ok(!text.includes(SECRET));
  assert.ok(!text.includes(TOKEN));
  assert.ok(text.length < 20_000);
}

export function run(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(file, args, { encoding: "utf8", env }, (error, stdout, stderr) =>
      resolve({
        status: error === null ? 0 : Number(error.code ?? -1),
        stdout,
        stderr,
      }),
    );
  });
}
