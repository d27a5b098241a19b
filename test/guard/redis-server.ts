/** A real Redis on loopback (ASSAY_REDIS, else the one of the path), in memory alone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import { run, type Running } from "./running.ts";

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly process: Running;
}

export async function startRedis(
  ...more: readonly string[]
): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "assay-redis-"));
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", ""];
  const server = run(
    process.env["ASSAY_REDIS"] || "redis-server",
    [...args, ...more],
    { cwd: folder },
  );
  await server.until((said) => said.includes("Ready to accept connections"));
  return {
    url: `redis://127.0.0.1:${port}`,
    process: server,
    async [Symbol.asyncDispose]() {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
