/** The packed tarballs in an empty project: what a user installs, not what the repository runs. */
import assert from "node:assert/strict";
import { spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../../", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "assay-packed-"));
after(() => rmSync(project, { recursive: true }));

const PACKAGES = ["token", "diagnosis", "guard", "client", "issuer", "cli"];
/** npm of the machine, with our own Node first. */
const env = {
  ...process.env,
  PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
  NODE_OPTIONS: "",
  npm_config_yes: "false",
};

function run(
  command: string,
  args: readonly string[],
  options: { input?: string } = {},
): SpawnSyncReturns<string> {
  const result = spawnSync(command, args, {
    cwd: project,
    encoding: "utf8",
    env,
    maxBuffer: 1 << 28,
    ...options,
  });
  assert.equal(result.error, undefined);
  return result;
}

function must(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = run(command, args);
  assert.equal(status, 0, `${command} ${args.join(" ")}\n${stdout}\n${stderr}`);
  return stdout;
}

const node = (text: string): string =>
  must(process.execPath, ["--input-type=module", "-e", text]);
const vectorLines = readdirSync(join(root, "vectors"))
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) =>
    readFileSync(join(root, "vectors", name), "utf8")
      .split("\n")
      .filter(Boolean),
  );

/** The example of the README's section, as it stands, but for the addresses and the client's name. */
const exampleFor = (url: string): string =>
  (
    /^## Tokens that are simply there\n[^]*?```ts\n([^]*?)```/m.exec(
      readFileSync(join(root, "README.md"), "utf8"),
    )?.[1] ?? ""
  )
    .replaceAll("http://localhost:4455", url)
    .replaceAll("https://api.example.com/orders", `${url}/admin/clients`)
    .replaceAll("https://api.example.com", url)
    .replaceAll('"orders"', '"operator"');

describe("the packed packages", () => {
  before(() => {
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({ name: "consumer", private: true, type: "module" }),
    );
    const tarballs = PACKAGES.map((name) => {
      const { status, stdout, stderr } = spawnSync(
        "npm",
        ["pack", "--json", "--pack-destination", project, "--ignore-scripts"],
        { cwd: join(root, "packages", name), encoding: "utf8", env },
      );
      assert.equal(status, 0, stderr);
      const packed: unknown = JSON.parse(stdout);
      const [first] = Array.isArray(packed)
        ? packed
        : Object.values(packed as object);
      return `./${(first as { filename: string }).filename}`;
    });
    must("npm", [
      "install",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      ...tarballs,
    ]);
  });

  it("token brings nothing with it", () => {
    const { dependencies } = JSON.parse(
      readFileSync(
        join(project, "node_modules/@assay/token/package.json"),
        "utf8",
      ),
    ) as { dependencies?: object };
    assert.deepEqual(dependencies ?? {}, {});
  });

  it("sign and verify by their published names", () => {
    node(`import { generateKey, keySetOf, sign, verify } from "@assay/token";
      const key = await generateKey("ES256");
      const token = await sign({ iss: "i", aud: "a", exp: Date.now() / 1000 + 60 }, key);
      const verdict = await verify(token, { issuer: "i", audience: "a", keys: keySetOf(key) });
      if (verdict.outcome !== "accepted") throw new Error(verdict.reason);`);
  });

  it("bring the client's entries for Node and for pages", () => {
    node(`import { FileStore } from "@assay/client/node";
      import { TabStore } from "@assay/client/browser";
      new FileStore("tokens.json");
      if (typeof TabStore !== "function") throw new Error("no TabStore");`);
  });

  it("load by each of their entries, alone", () => {
    const entries = PACKAGES.flatMap((name) => {
      const manifest = JSON.parse(
        readFileSync(join(root, "packages", name, "package.json"), "utf8"),
      ) as { name: string; exports?: Readonly<Record<string, unknown>> };
      return Object.keys(manifest.exports ?? {})
        .filter((entry) => !entry.endsWith(".json"))
        .map((entry) => manifest.name + entry.slice(1));
    });
    assert.ok(entries.includes("@assay/guard/mcp"));
    for (const entry of entries)
      node(`const found = Object.keys(await import("${entry}"));
        if (found.length === 0) throw new Error("${entry} exports nothing");`);
  });

  it("diagnose", () => {
    node(`import { diagnose, readInquiry } from "@assay/diagnosis";
      const { reason, causes } = await diagnose(readInquiry({ token: "null" }));
      if (reason !== "format.not_jwt" || causes[0].cause !== "token.placeholder") throw new Error(reason);`);
  });

  it("say a diagnosis in German", () => {
    node(`import { diagnose, readInquiry, render } from "@assay/diagnosis";
      import { GERMAN } from "@assay/diagnosis/german";
      const text = render(await diagnose(readInquiry({ token: "null" })), "text", { language: GERMAN });
      if (!text.startsWith("Abgelehnt: das ist kein JWT.")) throw new Error(text);`);
  });

  it("guard a fetch handler", () => {
    node(`import { createGuard } from "@assay/guard";
      import { fetchGuard } from "@assay/guard/fetch";
      import { createTestIssuer } from "@assay/guard/testing";
      const issuer = await createTestIssuer();
      const handler = fetchGuard(createGuard(issuer.options), (_, { token }) => new Response(token.claims.sub));
      const ask = async (token) => handler(new Request("https://api.example", { headers: { authorization: "Bearer " + token } }));
      const found = [(await ask(await issuer.mint())).status, (await ask(await issuer.mint({ flaw: "expired" }))).status];
      if (found.join() !== "200,401") throw new Error(found.join());`);
  });

  it("bring the pages of the handbook along", () => {
    const assay = join(project, "node_modules/.bin/assay");
    const help = must(assay, ["help", "key.rotated"]);
    assert.match(help, /^key\.rotated: a cause\./);
    assert.match(help, /\nHow to mend it\n/);
    assert.match(must(assay, ["help", "guides"]), /what-a-token-is/);
  });

  it("answer a proxy that asks, with nothing but what they bring", () => {
    const assay = join(project, "node_modules/.bin/assay");
    const named =
      "--issuer https://issuer.example --audience api --upstream-form envoy";
    const shown = must(assay, ["guard", "--check", ...named.split(" ")]);
    assert.match(shown, /"upstreamForm": "envoy"/);
    const recipes = join(project, "node_modules/@assay/guard/recipes");
    assert.ok(readdirSync(recipes).includes("envoy.yaml"));
    node(`import { Redis } from "ioredis"; new Redis({ lazyConnect: true });`);
  });

  it("bring the inspector along, with the licences of what is in it", () => {
    const folder = join(project, "node_modules/@assay/issuer/console");
    const inspector = readFileSync(join(folder, "inspector.html"), "utf8");
    assert.match(inspector, /<template id="causes\/key\.rotated"/);
    for (const name of ["react", "jose", "minisearch"])
      assert.match(inspector, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, "m"));
    const pages = readdirSync(join(folder, "causes"));
    assert.ok(pages.includes("key.rotated.html"));
  });

  it("answer every vector through the installed command as the specification has it", () => {
    const lines = vectorLines.map(
      (line) =>
        JSON.parse(line) as {
          id: string;
          inquiry: unknown;
          expected: { outcome: string; reason: string | null };
        },
    );
    const { status, stdout, stderr } = run(
      join(project, "node_modules/.bin/assay"),
      ["why", "--batch", "-", "--json"],
      { input: lines.map(({ inquiry }) => JSON.stringify(inquiry)).join("\n") },
    );
    assert.equal(status, 0, stderr);
    const answers = stdout
      .trim()
      .split("\n")
      .map(
        (line) =>
          JSON.parse(line) as { outcome: string; reason: string | null },
      );
    assert.equal(answers.length, lines.length);
    lines.forEach(({ id, expected }, i) =>
      assert.deepEqual(
        [id, answers[i]?.outcome, answers[i]?.reason],
        [id, expected.outcome, expected.reason],
      ),
    );
  });

  it("start the server, which gives a token, takes it and ends it", async () => {
    const assay = join(project, "node_modules/.bin/assay");
    const data = join(project, "data");
    const server = spawn(assay, ["serve", "--port", "0"], {
      cwd: project,
      env: { ...env, ASSAY_DATA_FOLDER: data },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let told = "";
    server.stderr.on("data", (chunk) => (told += String(chunk)));
    try {
      const lines = createInterface({ input: server.stdout });
      const [url] = (await Promise.race([
        once(lines, "line"),
        once(server, "exit"),
      ])) as [string];
      assert.match(url, /^http:/, told);
      const as = (words: readonly string[], token = ""): string =>
        must("env", [
          `ASSAY_SERVER=${url}`,
          `ASSAY_DATA_FOLDER=${data}`,
          `ASSAY_ADMIN_TOKEN=${token}`,
          assay,
          ...words,
        ]);
      const { secret } = JSON.parse(
        as(
          `client create operator --name Operator --authentication client_secret_basic --grant client_credentials --resource ${url}/admin --scope clients:read --admin-scope clients:read --json`.split(
            " ",
          ),
        ),
      ) as { readonly secret: { readonly secret: string } };
      const post = async (path: string, body: string): Promise<Response> =>
        fetch(url + path, {
          method: "POST",
          headers: {
            authorization: `Basic ${btoa(`operator:${secret.secret}`)}`,
            "content-type": "application/x-www-form-urlencoded",
          },
          body,
        });
      const { access_token: token } = (await (
        await post("/token", "grant_type=client_credentials")
      ).json()) as { readonly access_token: string };
      assert.match(as(["client", "list"], token), /^operator /m);
      const said = must("env", [
        `CLIENT_SECRET=${secret.secret}`,
        process.execPath,
        "--input-type=module",
        "-e",
        exampleFor(url),
      ]);
      assert.equal(said, "200\n");
      assert.equal((await post("/revoke", `token=${token}`)).status, 200);
      assert.throws(() => as(["client", "list"], token), /invalid_token/);
    } finally {
      server.kill("SIGTERM");
      if (server.exitCode === null) await once(server, "exit");
    }
    assert.equal(server.exitCode, 0, told.replaceAll(/asy_at_\S+/g, "…"));
  });

  it("type-check in a strict project, and what must not compile does not", () => {
    cpSync(join(root, "test/packed/consumer"), project, { recursive: true });
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    must(process.execPath, [tsc, "-p", "tsconfig.json"]);
  });

  it("keep verify for the web within 15 KiB, minified and gzipped", async () => {
    const entry = join(project, "web.js");
    writeFileSync(entry, 'export { verify, keySet } from "@assay/token";');
    const build = await rolldown({
      input: entry,
      cwd: project,
      platform: "browser",
      resolve: { conditionNames: ["browser", "import", "default"] },
      treeshake: true,
    });
    const { output } = await build.generate({
      format: "esm",
      minify: true,
      codeSplitting: false,
    });
    const bytes = gzipSync(output[0].code).length;
    assert.ok(bytes <= 15 * 1024, `${bytes} bytes`);
  });
});
