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
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import {
  checkProof,
  createVerifier,
  discoverKeys,
  exportKey,
  generateKey,
} from "@assay/token";
import {
  DEVICE_API,
  DEVICE_CLIENT,
  runOidcProvider,
  visit,
} from "../../../test/interop/oidc-provider-issuer.ts";
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

/** Variables that a test sets beside. */
let more: Readonly<Record<string, string>> = {};
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  ...more,
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

/** Runs assay login to its end. `visit` is what the person does with the address that it shows, and with what else it says. */
async function loginBy(
  visit: (address: string, notes: string) => Promise<void>,
  words: readonly string[],
  typed = "",
): Promise<Ran> {
  const child = spawn(process.execPath, [COMMAND, "login", ...words], {
    env: environment(),
  });
  child.stdin.end(typed);
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
  if (out !== "") await visit(out.trim(), notes);
  const [status] = await closed;
  return { status, out, notes };
}

/** Signs in as a person does who copies the address into a browser. Gives what the browser showed last. */
async function login(
  ...words: string[]
): Promise<Ran & { readonly page: string }> {
  let page = "";
  const ran = await loginBy(async (address) => {
    const back = await running.signIn(new URL(address));
    // A stranger's page that guesses the port learns and changes nothing.
    const stranger = new URL(back);
    stranger.searchParams.set("state", "guessed");
    assert.equal((await fetch(stranger)).status, 404);
    page = await (await fetch(back)).text();
  }, words);
  return { ...ran, page };
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

const fileNames = (): readonly string[] =>
  readdirSync(join(folder, "sign-ins")).filter((name) =>
    name.startsWith("own."),
  );
const own = (clientId: string, ...words: readonly string[]): string[] => [
  "--profile",
  "own",
  "--issuer",
  running.url,
  "--client-id",
  clientId,
  "--resource",
  API,
  ...words,
];

describe("a client that shows who it is", () => {
  const signIn = async (address: string): Promise<void> => {
    await fetch(await running.signIn(new URL(address)));
  };
  let secret = "";
  before(async () => {
    secret = await running.addClient({
      clientId: "confidential",
      redirectUris: ["http://127.0.0.1/callback"],
    });
  });

  it("by a secret out of a variable, which is needed later too and is written nowhere", async () => {
    more = { CLIENT_SECRET: secret };
    const ran = await login(
      ...own("confidential", "--secret-env", "CLIENT_SECRET"),
    );
    assert.equal(ran.status, 0, ran.notes);
    assert.equal((await assay("token", "--profile", "own")).status, 0);
    for (const name of fileNames())
      assert.ok(
        !readFileSync(join(folder, "sign-ins", name), "utf8").includes(secret),
      );
    more = {};
    const without = await assay("token", "--profile", "own");
    assert.equal(without.status, 2);
    assert.match(without.notes, /CLIENT_SECRET, which is not set/);
    more = { CLIENT_SECRET: secret };
    assert.equal(
      (await assay("logout", "--profile", "own")).notes,
      "Signed out.\n",
    );
    more = {};
  });

  it("by a secret that is typed: it is kept beside the tokens, goes to no other client, and goes with them", async () => {
    const ran = await loginBy(
      signIn,
      own("confidential", "--secret-prompt"),
      `${secret}\n`,
    );
    assert.equal(ran.status, 0, ran.notes);
    const path = join(folder, "sign-ins", "own.secret");
    assert.equal(readFileSync(path, "utf8"), secret);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.ok(!`${ran.out}${ran.notes}`.includes(secret));
    assert.equal((await assay("token", "--profile", "own")).status, 0);
    // Without another word the same again.
    assert.equal((await login("--profile", "own")).status, 0);
    const other = await loginBy(signIn, own("cli"));
    assert.equal(other.status, 0, other.notes);
    await assay("logout", "--profile", "own");
    assert.deepEqual(fileNames(), []);
  });

  it("by a secret in a file, in the form or in the header, and by a key in a file", async () => {
    const secretFile = join(folder, "secret.txt");
    const posted = await running.addClient({
      clientId: "posting",
      authentication: "client_secret_post",
      redirectUris: ["http://127.0.0.1/callback"],
    });
    writeFileSync(secretFile, `${posted}\n`);
    const ran = await loginBy(
      signIn,
      own("posting", "--secret-file", secretFile, "--secret-post"),
    );
    assert.equal(ran.status, 0, ran.notes);
    const key = await generateKey("ES256");
    await running.addClient({
      clientId: "signed",
      authentication: "private_key_jwt",
      redirectUris: ["http://127.0.0.1/callback"],
      keys: [exportKey(key, { secret: false })],
    });
    const keyFile = join(folder, "client.jwk");
    writeFileSync(keyFile, JSON.stringify(exportKey(key, { secret: true })));
    const signed = await loginBy(
      signIn,
      own("signed", "--client-key", keyFile),
    );
    assert.equal(signed.status, 0, signed.notes);
    assert.match((await assay("token", "--profile", "own")).out, /^ey\S+\n$/);
    await assay("logout", "--profile", "own");
  });

  it("is told what is missing or too much, before anybody is sent anywhere", async () => {
    for (const words of [
      ["--secret-env", "NOBODY_SET_THIS"],
      ["--secret-env", "A", "--secret-file", "b"],
      ["--secret-post"],
      ["--secret-prompt"],
      ["--client-key", join(folder, "none.jwk")],
      ["--device", "--port", "8080"],
    ]) {
      const ran = await loginBy(signIn, own("confidential", ...words));
      assert.deepEqual([ran.status, ran.out], [2, ""], words.join(" "));
    }
    const wrong = await loginBy(
      signIn,
      own("confidential", "--secret-prompt"),
      "wrong",
    );
    assert.equal(wrong.status, 1);
    assert.match(wrong.notes, /invalid_client/);
  });
});

describe("tokens that are bound to a key", () => {
  const URL_OF_API = "https://api.example/orders?page=2";
  const jktOf = (token: string): string =>
    (
      JSON.parse(
        Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
      ) as { readonly cnf: { readonly jkt: string } }
    ).cnf.jkt;

  it("come with the headers for one request, as curl reads them", async () => {
    const ran = await login(...own("cli", "--dpop"));
    assert.equal(ran.status, 0, ran.notes);
    assert.ok(fileNames().includes("own.key.json"));
    const alone = await assay("token", "--profile", "own");
    assert.match(alone.notes, /bound to a key[^]*assay token --headers/);
    const { out, notes } = await assay(
      "token",
      "--profile",
      "own",
      "--headers",
      URL_OF_API,
      "--method",
      "PUT",
      "--nonce",
      "n-1",
    );
    assert.equal(notes, "");
    const [, token = "", proof = ""] =
      /^Authorization: DPoP (\S+)\nDPoP: (\S+)\n$/.exec(out) ?? [];
    assert.equal(`${token}\n`, alone.out);
    const { findings, thumbprint } = await checkProof(proof, {
      method: "PUT",
      url: URL_OF_API,
      accessToken: token,
      now: Date.now() / 1000,
      maxAge: 60,
      tolerance: 5,
      nonces: ["n-1"],
    });
    assert.deepEqual(findings, []);
    assert.equal(thumbprint, jktOf(token));
  });

  it("stay so at the next sign-in, until bearer tokens are asked for; their key goes with them", async () => {
    const before = jktOf((await assay("token", "--profile", "own")).out);
    await login("--profile", "own");
    assert.equal(jktOf((await assay("token", "--profile", "own")).out), before);
    await login("--profile", "own", "--no-dpop");
    const bearer = await assay(
      "token",
      "--profile",
      "own",
      "--headers",
      URL_OF_API,
    );
    assert.match(bearer.out, /^Authorization: Bearer \S+\n$/);
    await assay("logout", "--profile", "own");
    assert.deepEqual(fileNames(), []);
  });

  it("need a request to be made for", async () => {
    for (const words of [
      ["--headers", "orders"],
      ["--headers", URL_OF_API, "--method", "get it"],
      ["--method", "GET"],
    ])
      assert.equal((await assay("token", ...words)).status, 2);
  });
});

describe("a person with another device", () => {
  it("opens the address there, enters the code, and this machine has its tokens", async (t) => {
    const provider = await runOidcProvider();
    t.after(() => provider.close());
    const words = [
      "--device",
      "--profile",
      "own",
      "--issuer",
      provider.url,
      "--client-id",
      DEVICE_CLIENT,
      "--scope",
      "read",
      "--resource",
      DEVICE_API,
    ];
    const enter =
      (allows: boolean) =>
      async (address: string, notes: string): Promise<void> => {
        const code = /enter the code ([A-Z-]+):/.exec(notes)?.[1] ?? "";
        await visit(address, code, { allows });
      };
    const no = await loginBy(enter(false), words);
    assert.equal(no.status, 1);
    assert.match(no.notes, /access_denied/);
    const yes = await loginBy(enter(true), words);
    assert.equal(yes.status, 0, yes.notes);
    const { out } = await assay("token", "--profile", "own");
    const verdict = await createVerifier({
      issuer: provider.url,
      audience: DEVICE_API,
      keys: discoverKeys(provider.url),
      scopes: ["read"],
    }).verify(out.trim());
    assert.equal(verdict.outcome, "accepted");
    assert.equal((await assay("logout", "--profile", "own")).status, 0);
  });

  it("is told where the issuer offers nothing of the kind", async () => {
    const ran = await loginBy(async () => {}, own("cli", "--device"));
    assert.equal(ran.status, 2);
    assert.match(ran.notes, /a device authorization endpoint/);
  });
});
