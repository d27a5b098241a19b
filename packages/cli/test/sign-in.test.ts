/** assay login, token and logout against a real issuer, as a person and a shell use them. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createVerifier, discoverKeys } from "@assay/token";
import {
  DEVICE_API,
  DEVICE_CLIENT,
  runOidcProvider,
  visit,
} from "../../../test/interop/oidc-provider-issuer.ts";
import { API } from "../../../test/interop/running-issuer.ts";
import { COMMAND, SignInBed } from "./sign-in-bed.ts";

let bed: SignInBed;
before(async () => {
  bed = await SignInBed.open();
});
after(async () => bed.close());

describe("a person who signs in", () => {
  it("is told what to do when nobody has signed in", async () => {
    const ran = await bed.assay("token");
    assert.deepEqual([ran.status, ran.out], [1, ""]);
    assert.match(
      ran.notes,
      /expected a sign-in, found none\n {2}try: assay login --issuer/,
    );
    assert.equal((await bed.assay("login")).status, 2);
  });

  it("sees an address, comes back, and has fresh tokens for curl", async () => {
    let page = "";
    const signedIn = await bed.login(
      [
        "--issuer",
        bed.running.url,
        "--client-id",
        "cli",
        "--scope",
        "read",
        "--resource",
        API,
      ],
      async (address) => {
        const back = await bed.running.signIn(new URL(address));
        // A stranger's page that guesses the port learns and changes nothing.
        const stranger = new URL(back);
        stranger.searchParams.set("state", "guessed");
        assert.equal((await fetch(stranger)).status, 404);
        page = await (await fetch(back)).text();
      },
    );
    assert.equal(signedIn.status, 0, signedIn.notes);
    assert.match(page, /You are signed in/);
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
      execFile("sh", ["-c", line], { env: bed.environment }, resolve),
    );
    api.close();
    const token =
      /^Bearer (\S+)$/.exec(seen[0]?.authorization ?? "")?.[1] ?? "";
    const verdict = await createVerifier({
      issuer: bed.running.url,
      audience: API,
      keys: discoverKeys(bed.running.url),
      scopes: ["read"],
    }).verify(token);
    assert.equal(verdict.outcome, "accepted");
  });

  it("keeps the tokens in files of their own alone", () => {
    const files = readdirSync(join(bed.folder, "sign-ins"));
    assert.deepEqual(files.toSorted(), ["default.json", "default.tokens.json"]);
    for (const name of files)
      assert.equal(
        statSync(join(bed.folder, "sign-ins", name)).mode & 0o777,
        0o600,
      );
    assert.equal(statSync(join(bed.folder, "sign-ins")).mode & 0o777, 0o700);
  });

  it("signs out: the issuer takes the refresh token no more, and nothing is left", async () => {
    const { refreshToken } = JSON.parse(
      readFileSync(join(bed.folder, "sign-ins", "default.tokens.json"), "utf8"),
    ) as { readonly refreshToken: string };
    const ran = await bed.assay("logout");
    assert.deepEqual([ran.status, ran.notes], [0, "Signed out.\n"]);
    assert.deepEqual(readdirSync(join(bed.folder, "sign-ins")), []);
    const tried = await fetch(`${bed.running.url}/token`, {
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
    assert.equal((await bed.assay("token")).status, 1);
  });

  it("has the profile that was named, and no other", async () => {
    assert.equal(
      (
        await bed.login([
          "--profile",
          "work",
          "--issuer",
          bed.running.url,
          "--client-id",
          "cli",
        ])
      ).status,
      0,
    );
    assert.equal((await bed.assay("token")).status, 1);
    assert.match(
      (await bed.assay("token", "--profile", "work")).out,
      /^\S+\n$/,
    );
    assert.equal((await bed.assay("token", "--profile", "../work")).status, 2);
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
    const no = await bed.login(words, enter(false));
    assert.equal(no.status, 1);
    assert.match(no.notes, /access_denied/);
    const yes = await bed.login(words, enter(true));
    assert.equal(yes.status, 0, yes.notes);
    const { out } = await bed.assay("token", "--profile", "own");
    const verdict = await createVerifier({
      issuer: provider.url,
      audience: DEVICE_API,
      keys: discoverKeys(provider.url),
      scopes: ["read"],
    }).verify(out.trim());
    assert.equal(verdict.outcome, "accepted");
    assert.equal((await bed.assay("logout", "--profile", "own")).status, 0);
  });

  it("is told where the issuer offers nothing of the kind", async () => {
    const ran = await bed.login(bed.own("cli", "--device"));
    assert.equal(ran.status, 2);
    assert.match(ran.notes, /a device authorization endpoint/);
  });
});
