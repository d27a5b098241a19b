/** The examples of the README, run as they stand, but for the addresses. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { API } from "../../../test/interop/running-issuer.ts";
import {
  runOidcProvider,
  visit,
} from "../../../test/interop/oidc-provider-issuer.ts";
import { listen, LOOPBACK, openBed, type Bed, type Way } from "./bed.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
let bed: Bed;
let api: Way;
let folder = "";
before(async () => {
  bed = await openBed();
  api = await listen((_, response) => response.writeHead(204).end());
  folder = mkdtempSync(join(tmpdir(), "assay-readme-"));
});
after(async () => {
  rmSync(folder, { recursive: true });
  api.close();
  await bed.close();
});

/** Runs the example of that name; `heard` is told each line. */
async function run(
  name: string,
  env: Readonly<Record<string, string>>,
  heard: (line: string) => void = () => {},
  issuer: string = bed.running.url,
): Promise<readonly string[]> {
  const example =
    new RegExp(`\`\`\`ts ${name}\\n([\\s\\S]*?)\`\`\``).exec(README)?.[1] ?? "";
  const code = example
    .replaceAll("https://issuer.example", issuer)
    .replaceAll(`resource: "${API}"`, "resource: RESOURCE")
    .replaceAll(API, api.url)
    .replaceAll("RESOURCE", JSON.stringify(API))
    .replaceAll('"tokens.json"', JSON.stringify(join(folder, "tokens.json")));
  const child = spawn(
    process.execPath,
    [
      "--conditions=@assay/source",
      "--input-type=module-typescript",
      "--eval",
      code,
    ],
    {
      cwd: PACKAGE,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const lines: string[] = [];
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) {
      lines.push(line);
      heard(line);
    }
  });
  await once(child, "close");
  return lines;
}

it("a service", async () => {
  const secret = await bed.running.addClient({ clientId: "my-service" });
  assert.deepEqual(await run("service", { CLIENT_SECRET: secret }), ["204"]);
  assert.match(api.requests[0]?.headers.authorization ?? "", /^Bearer ey/);
});

it("a command on somebody's machine", async () => {
  await bed.running.addClient({
    clientId: "my-command",
    authentication: "none",
    redirectUris: [LOOPBACK],
  });
  const lines = await run("command", {}, (line) => {
    const url = /^Open this address: (\S+)$/.exec(line)?.[1];
    if (url !== undefined)
      void bed.running.signIn(new URL(url)).then(async (back) => fetch(back));
  });
  assert.equal(lines.at(-1), "Bearer");
});

it("a machine without a browser", async (t) => {
  const provider = await runOidcProvider();
  t.after(() => provider.close());
  const lines = await run(
    "device",
    {},
    (line) => {
      const [, address, code] =
        /^Open (\S+) anywhere, and enter (\S+)$/.exec(line) ?? [];
      if (address !== undefined && code !== undefined)
        void visit(address, code, { allows: true });
    },
    provider.url,
  );
  assert.equal(lines.at(-1), "Bearer");
});
