/**
 * Sessions with the command, as text: `$ ` before a shell line, then what it writes, `! ` before what it writes to standard
 * error, and `[status]` where that is not 0. A line `…` stands for any lines. Each file runs in an empty folder of its own; all
 * keys are made by the sessions themselves. A file whose name begins with `admin` has a server. With UPDATE_SESSIONS=1 the files are written anew, to be read before they are kept.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const folder = new URL("./sessions/", import.meta.url);
const command = fileURLToPath(new URL("../bin/assay.js", import.meta.url));
const update = process.env["UPDATE_SESSIONS"] === "1";
const ANY = "…";

interface Turn {
  readonly line: string;
  readonly expected: readonly string[];
}

let tools = "";
before(() => {
  tools = mkdtempSync(join(tmpdir(), "assay-bin-"));
  writeFileSync(
    join(tools, "assay"),
    `#!/bin/sh\nexec "${process.execPath}" "${command}" "$@"\n`,
    { mode: 0o755 },
  );
});
after(() => rmSync(tools, { recursive: true }));

describe("sessions", { concurrency: 2 }, () => {
  for (const name of readdirSync(folder).filter((file) =>
    file.endsWith(".txt"),
  )) {
    it(name.replace(".txt", ""), async () => {
      const path = new URL(name, folder);
      const text = readFileSync(path, "utf8");
      const home = mkdtempSync(join(tmpdir(), "assay-session-"));
      const server = name.startsWith("admin") ? await serverFor(home) : null;
      try {
        const played: string[] = [];
        for (const part of parse(text)) {
          if (typeof part === "string") played.push(part);
          else
            played.push(
              `$ ${part.line}`,
              ...kept(part, await run(part.line, home, server?.env)),
            );
        }
        if (update) writeFileSync(path, `${played.join("\n")}\n`);
        else assert.equal(`${played.join("\n")}\n`, text);
      } finally {
        await server?.close();
        rmSync(home, { recursive: true });
      }
    });
  }
});

/** Comments and blank lines as they are, and the turns. A blank line belongs to a turn unless a comment or turn follows it. */
function parse(text: string): (string | Turn)[] {
  const parts: (string | { line: string; expected: string[] })[] = [];
  const lines = text.replace(/\n$/, "").split("\n");
  lines.forEach((line, i) => {
    const turn = parts.at(-1);
    const next = lines[i + 1] ?? "#";
    if (line.startsWith("$ "))
      parts.push({ line: line.slice(2), expected: [] });
    else if (
      typeof turn !== "object" ||
      line.startsWith("# ") ||
      (line === "" && /^[#$]/.test(next))
    )
      parts.push(line);
    else turn.expected.push(line);
  });
  return parts;
}

/** What was written, with the `…` of the expectation kept in place of what they stand for. */
function kept(
  { expected }: Turn,
  actual: readonly string[],
): readonly string[] {
  const at = expected.indexOf(ANY);
  if (at < 0) return actual;
  const tail = expected.length - at - 1;
  return [
    ...actual.slice(0, at),
    ANY,
    ...(tail === 0 ? [] : actual.slice(-tail)),
  ];
}

/** A server on loopback with a data folder of its own, as `assay serve` runs it. */
async function serverFor(home: string): Promise<{
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}> {
  const consoleFolder = join(home, ".console");
  mkdirSync(consoleFolder);
  writeFileSync(join(consoleFolder, "index.html"), "<title>Assay</title>");
  const dataFolder = join(home, "data");
  const { startServer } = await import("@assay/issuer");
  const server = await startServer(
    { port: 0, consoleFolder, dataFolder, logLevel: "silent" },
    { env: {}, say: () => {}, note: () => {}, signals: false },
  );
  return {
    env: { ASSAY_SERVER: server.url, ASSAY_DATA_FOLDER: dataFolder },
    close: async () => server.close(),
  };
}

function run(
  line: string,
  home: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const env = {
    ...more,
    PATH: `${tools}${delimiter}${process.env["PATH"] ?? ""}`,
    HOME: home,
    TZ: "Asia/Kolkata",
  };
  return new Promise((resolve) => {
    const child = execFile(
      "sh",
      ["-c", line],
      { cwd: home, env, encoding: "utf8" },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : (error.code as unknown as number);
        resolve([
          ...linesOf(stdout),
          ...linesOf(stderr).map((text) => `! ${text}`),
          ...(status === 0 ? [] : [`[${status}]`]),
        ]);
      },
    );
    child.stdin?.end();
  });
}

const linesOf = (text: string): string[] =>
  text === "" ? [] : text.replace(/\n$/, "").split("\n");
