/** assay login, token and logout against a real issuer, as a person and a shell use them. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { createVerifier, discoverKeys } from "@assay/token";
import {
  API,
  runIssuer,
  type RunningIssuer,
} from "../../../test/interop/running-issuer.ts";

const COMMAND = fileURLToPath(new URL("../bin/assay.js", import.meta.url));
let running: RunningIssuer;
let folder = "";
before(async () => {
  running = await runIssuer();
  await running.addClient({
    clientId: "cli",
    authentication: "none",
    redirectUris: ["http://127.0.0.1/callback"],
  });
  folder = mkdtempSync(join(tmpdir(), "assay-sign-in-"));
});
after(async () => {
  rmSync(folder, { recursive: true });
  await running.close();
});

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  ASSAY_CONFIG_FOLDER: folder,
  DISPLAY: "",
  WAYLAND_DISPLAY: "",
});

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly notes: string;
}

const assay = async (...words: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [COMMAND, ...words],
      { env: environment() },
      (error, out, notes) =>
        resolve({ status: Number(error?.code ?? 0), out, notes }),
    );
  });

/** Signs in as a person does who copies the address into a browser. Gives what the browser showed last. */
async function login(
  ...words: string[]
): Promise<Ran & { readonly page: string }> {
  const child = spawn(process.execPath, [COMMAND, "login", ...words], {
    env: environment(),
  });
  let out = "";
  let notes = "";
  child.stderr.on("data", (chunk: Buffer) => (notes += chunk.toString()));
  const closed = once(child, "close") as Promise<[number]>;
  const shown = new Promise<void>((resolve) =>
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes("\n")) resolve();
    }),
  );
  await Promise.race([shown, closed]);
  let page = "";
  if (out !== "") {
    const back = await running.signIn(new URL(out.trim()));
    // A stranger's page that guesses the port learns and changes nothing.
    const stranger = new URL(back);
    stranger.searchParams.set("state", "guessed");
    assert.equal((await fetch(stranger)).status, 404);
    page = await (await fetch(back)).text();
  }
  const [status] = await closed;
  return { status, out, notes, page };
}

describe("a person who signs in", () => {
  it("is told what to do when nobody has signed in", async () => {
    const ran = await assay("token");
    assert.deepEqual([ran.status, ran.out], [1, ""]);
    assert.match(
      ran.notes,
      /expected a sign-in, found none\n {2}try: assay login --issuer/,
    );
    assert.equal((await assay("login")).status, 2);
  });

  it("sees an address, comes back, and has fresh tokens for curl", async () => {
    const signedIn = await login(
      "--issuer",
      running.url,
      "--client-id",
      "cli",
      "--scope",
      "read",
      "--resource",
      API,
    );
    assert.equal(signedIn.status, 0, signedIn.notes);
    assert.match(signedIn.page, /You are signed in/);
    assert.match(signedIn.notes, /No desktop was found here/);
    const seen: IncomingHttpHeaders[] = [];
    const api = createServer((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
    // As in curl -H "Authorization: Bearer $(assay token)" ADDRESS.
    const send =
      "fetch(process.argv[1], { headers: { authorization: process.argv[2] } })";
    const node = process.execPath;
    const line = `"${node}" -e "${send}" http://127.0.0.1:${(api.address() as AddressInfo).port}/ "Bearer $("${node}" "${COMMAND}" token)"`;
    await new Promise((resolve) =>
      execFile("sh", ["-c", line], { env: environment() }, resolve),
    );
    api.close();
    const token =
      /^Bearer (\S+)$/.exec(seen[0]?.authorization ?? "")?.[1] ?? "";
    const verdict = await createVerifier({
      issuer: running.url,
      audience: API,
      keys: discoverKeys(running.url),
      scopes: ["read"],
    }).verify(token);
    assert.equal(verdict.outcome, "accepted");
  });

  it("keeps the tokens in files of their own alone", () => {
    const files = readdirSync(join(folder, "sign-ins"));
    assert.deepEqual(files.toSorted(), ["default.json", "default.tokens.json"]);
    for (const name of files)
      assert.equal(
        statSync(join(folder, "sign-ins", name)).mode & 0o777,
        0o600,
      );
    assert.equal(statSync(join(folder, "sign-ins")).mode & 0o777, 0o700);
  });

  it("signs out: the issuer takes the refresh token no more, and nothing is left", async () => {
    const { refreshToken } = JSON.parse(
      readFileSync(join(folder, "sign-ins", "default.tokens.json"), "utf8"),
    ) as { readonly refreshToken: string };
    const ran = await assay("logout");
    assert.deepEqual([ran.status, ran.notes], [0, "Signed out.\n"]);
    assert.deepEqual(readdirSync(join(folder, "sign-ins")), []);
    const tried = await fetch(`${running.url}/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: refreshToken,
        client_id: "cli",
      }),
    });
    assert.equal(
      ((await tried.json()) as { readonly error: string }).error,
      "invalid_grant",
    );
    assert.equal((await assay("token")).status, 1);
  });

  it("has the profile that was named, and no other", async () => {
    assert.equal(
      (
        await login(
          "--profile",
          "work",
          "--issuer",
          running.url,
          "--client-id",
          "cli",
        )
      ).status,
      0,
    );
    assert.equal((await assay("token")).status, 1);
    assert.match((await assay("token", "--profile", "work")).out, /^\S+\n$/);
    assert.equal((await assay("token", "--profile", "../work")).status, 2);
  });
});
