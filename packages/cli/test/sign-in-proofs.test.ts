/** assay login for clients and tokens that need a proof: the client's secret or key, and the key that tokens are bound to. */
import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { checkProof, exportKey, generateKey } from "@assay/token";
import { LOOPBACK, SignInBed } from "./sign-in-bed.ts";

let bed: SignInBed;
before(async () => {
  bed = await SignInBed.open();
});
after(async () => bed.close());

describe("a client that shows who it is", () => {
  let secret = "";
  before(async () => {
    secret = await bed.running.addClient({
      clientId: "confidential",
      redirectUris: [LOOPBACK],
    });
  });

  it("by a secret out of a variable, which is needed later too and is written nowhere", async () => {
    bed.more = { CLIENT_SECRET: secret };
    const ran = await bed.login(
      bed.own("confidential", "--secret-env", "CLIENT_SECRET"),
    );
    assert.equal(ran.status, 0, ran.notes);
    assert.equal((await bed.assay("token", "--profile", "own")).status, 0);
    for (const name of bed.ownFiles())
      assert.ok(
        !readFileSync(join(bed.folder, "sign-ins", name), "utf8").includes(
          secret,
        ),
      );
    bed.more = {};
    const without = await bed.assay("token", "--profile", "own");
    assert.equal(without.status, 2);
    assert.match(without.notes, /CLIENT_SECRET, which is not set/);
    bed.more = { CLIENT_SECRET: secret };
    assert.equal(
      (await bed.assay("logout", "--profile", "own")).notes,
      "Signed out.\n",
    );
    bed.more = {};
  });

  it("by a secret that is typed: it is kept beside the tokens, goes to no other client, and goes with them", async () => {
    const ran = await bed.login(
      bed.own("confidential", "--secret-prompt"),
      bed.byBrowser,
      `${secret}\n`,
    );
    assert.equal(ran.status, 0, ran.notes);
    const path = join(bed.folder, "sign-ins", "own.secret");
    assert.equal(readFileSync(path, "utf8"), secret);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.ok(!`${ran.out}${ran.notes}`.includes(secret));
    assert.equal((await bed.assay("token", "--profile", "own")).status, 0);
    // Without another word the same again.
    assert.equal((await bed.login(["--profile", "own"])).status, 0);
    const other = await bed.login(bed.own("cli"));
    assert.equal(other.status, 0, other.notes);
    await bed.assay("logout", "--profile", "own");
    assert.deepEqual(bed.ownFiles(), []);
  });

  it("by a secret in a file, in the form or in the header, and by a key in a file", async () => {
    const secretFile = join(bed.folder, "secret.txt");
    const posted = await bed.running.addClient({
      clientId: "posting",
      authentication: "client_secret_post",
      redirectUris: [LOOPBACK],
    });
    writeFileSync(secretFile, `${posted}\n`);
    const ran = await bed.login(
      bed.own("posting", "--secret-file", secretFile, "--secret-post"),
    );
    assert.equal(ran.status, 0, ran.notes);
    const key = await generateKey("ES256");
    await bed.running.addClient({
      clientId: "signed",
      authentication: "private_key_jwt",
      redirectUris: [LOOPBACK],
      keys: [exportKey(key, { secret: false })],
    });
    const keyFile = join(bed.folder, "client.jwk");
    writeFileSync(keyFile, JSON.stringify(exportKey(key, { secret: true })));
    const signed = await bed.login(bed.own("signed", "--client-key", keyFile));
    assert.equal(signed.status, 0, signed.notes);
    assert.match(
      (await bed.assay("token", "--profile", "own")).out,
      /^ey\S+\n$/,
    );
    await bed.assay("logout", "--profile", "own");
  });

  it("is told what is missing or too much, before anybody is sent anywhere", async () => {
    for (const words of [
      ["--secret-env", "NOBODY_SET_THIS"],
      ["--secret-env", "A", "--secret-file", "b"],
      ["--secret-post"],
      ["--secret-prompt"],
      ["--client-key", join(bed.folder, "none.jwk")],
      ["--device", "--port", "8080"],
    ]) {
      const ran = await bed.login(bed.own("confidential", ...words));
      assert.deepEqual([ran.status, ran.out], [2, ""], words.join(" "));
    }
    const wrong = await bed.login(
      bed.own("confidential", "--secret-prompt"),
      bed.byBrowser,
      "wrong",
    );
    assert.equal(wrong.status, 1);
    assert.match(wrong.notes, /invalid_client/);
    assert.deepEqual(bed.ownFiles(), []);
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
    const ran = await bed.login(bed.own("cli", "--dpop"));
    assert.equal(ran.status, 0, ran.notes);
    assert.ok(bed.ownFiles().includes("own.key.json"));
    const alone = await bed.assay("token", "--profile", "own");
    assert.match(alone.notes, /bound to a key[^]*assay token --headers/);
    const { out, notes } = await bed.assay(
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
    const { findings, jkt } = await checkProof(proof, {
      method: "PUT",
      url: URL_OF_API,
      accessToken: token,
      now: Date.now() / 1000,
      maxAge: 60,
      tolerance: 5,
      nonces: ["n-1"],
    });
    assert.deepEqual(findings, []);
    assert.equal(jkt, jktOf(token));
  });

  it("stay so at the next sign-in, until bearer tokens are asked for; their key goes with them", async () => {
    const earlier = jktOf((await bed.assay("token", "--profile", "own")).out);
    await bed.login(["--profile", "own"]);
    assert.equal(
      jktOf((await bed.assay("token", "--profile", "own")).out),
      earlier,
    );
    await bed.login(["--profile", "own", "--no-dpop"]);
    const bearer = await bed.assay(
      "token",
      "--profile",
      "own",
      "--headers",
      URL_OF_API,
    );
    assert.match(bearer.out, /^Authorization: Bearer \S+\n$/);
    await bed.assay("logout", "--profile", "own");
    assert.deepEqual(bed.ownFiles(), []);
  });

  it("need a request to be made for", async () => {
    for (const words of [
      ["--headers", "orders"],
      ["--headers", URL_OF_API, "--method", "get it"],
      ["--method", "GET"],
    ])
      assert.equal((await bed.assay("token", ...words)).status, 2);
  });
});
