import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { startServer } from "@assay/issuer";

test("a start that fails in its last step leaves no process behind, and the next one does what it could not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-failed-start-"));
  after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "index.html"), "<title>Assay</title>");
  const dataFolder = join(folder, "data");
  // Where the first admin token is to lie, nobody can write a file.
  mkdirSync(join(dataFolder, "admin-token", "in the way"), {
    recursive: true,
  });
  const script = `import { startServer } from "@assay/issuer"; startServer({ port: 0, consoleFolder: ${JSON.stringify(folder)}, dataFolder: ${JSON.stringify(dataFolder)} }).catch(() => { process.exitCode = 7; });`;
  const child = spawn(
    process.execPath,
    ["--conditions=@assay/source", "--input-type=module", "--eval", script],
    { cwd: import.meta.dirname, stdio: "ignore" },
  );
  const [status] = await once(child, "exit");
  assert.equal(status, 7);
  // And the next one, at once, makes the token that this one could not make.
  rmSync(join(dataFolder, "admin-token"), { recursive: true });
  const noted: string[] = [];
  const server = await startServer(
    { port: 0, consoleFolder: folder, dataFolder },
    {
      env: {},
      signals: false,
      say: () => {},
      note: (line) => void noted.push(line),
    },
  );
  await server.close();
  assert.match(noted.join(), /First admin token/);
});
