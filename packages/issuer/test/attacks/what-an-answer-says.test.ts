/** What answers and the diagnoses behind their handles say of requests that are only a little wrong: of the right thing, at once, and to whom it concerns. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { exportKey, generateKey, sign, type Key } from "@assay/token";
import type { OpenedRefusal } from "../../src/diagnosis/handles.ts";
import {
  API,
  CALLBACK,
  ISSUER,
  openAttackBed,
  type AttackBed,
  type Tokens,
} from "./attack-bed.ts";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
});
after(() => bed.close());

/** The refusal behind an answer's handle, read at once. */
async function behind(answer: Response): Promise<OpenedRefusal> {
  const handle = answer.headers.get("assay-diagnosis") ?? "";
  const read = await bed.issuer.context.handles.read(handle, { admin: true });
  assert.ok(read, "the refusal can be read");
  return read;
}

const firstCause = ({ diagnosis }: OpenedRefusal): unknown =>
  diagnosis.causes[0]?.cause;

const errorsOf = async (
  answer: Response,
): Promise<Readonly<Record<string, string>>> =>
  (await answer.json()) as Readonly<Record<string, string>>;

describe("a handle", () => {
  it("can be read as soon as the answer is there", async () => {
    for (let i = 0; i < 30; i++)
      await behind(
        await bed.post(
          "/token",
          { grant_type: "client_credentials", scope: "nope" },
          { headers: bed.basic("web") },
        ),
      );
  });

  it("names the client that an unproven request named", async () => {
    const { clientId, authenticated } = await behind(
      await bed.post(
        "/token",
        { grant_type: "client_credentials" },
        { headers: { authorization: `Basic ${btoa("web:wrong")}` } },
      ),
    );
    assert.deepEqual([clientId, authenticated], ["web", false]);
  });
});

describe("an inactive introspection", () => {
  const ask = async (token: string): Promise<OpenedRefusal> =>
    behind(
      await bed.post("/introspect", { token }, { headers: bed.basic("api") }),
    );

  it("is told by what was sent, and never as if nothing had been", async () => {
    const key = await generateKey("ES256");
    const foreign = await sign(
      { iss: "https://other.example/realm?x=1", sub: "anna" },
      key,
    );
    const ours = await sign({ iss: ISSUER, sub: "anna" }, key);
    const { code } = await bed.signIn("spa");
    for (const [token, cause] of [
      ["garbage", "oauth.introspection_wrong_issuer"],
      [foreign, "oauth.introspection_wrong_issuer"],
      [code, "oauth.request_format"],
      [bed.secretOf("web"), "token.key_instead"],
    ] as const)
      assert.equal(firstCause(await ask(token)), cause, token.slice(0, 12));
    const read = await ask(foreign);
    assert.equal(
      read.diagnosis.causes[0]?.facts["tokenIssuer" as never],
      "https://other.example/realm",
    );
    for (const cause of (await ask(ours)).diagnosis.causes)
      assert.notEqual(cause.cause, "token.absent");
  });
});

describe("a code that died of a wrong request", () => {
  const redeem = async (
    code: string,
    more: Readonly<Record<string, string>>,
  ): Promise<Response> =>
    bed.post("/token", {
      grant_type: "authorization_code",
      client_id: "spa",
      redirect_uri: CALLBACK,
      code,
      ...more,
    });

  it("is told by what was wrong then, and not as expired", async () => {
    for (const [wrong, cause, how] of [
      [{ code_verifier: "x".repeat(43) }, "oauth.pkce", "other_pair"],
      [{}, "oauth.pkce", "verifier_missing"],
      [{ code_verifier: "short" }, "oauth.pkce", "verifier_form"],
    ] as const) {
      const { code, verifier } = await bed.signIn("spa");
      const first = await redeem(code, wrong);
      const told = (await behind(first)).diagnosis.causes[0];
      assert.equal(told?.cause, cause);
      assert.equal((told.facts as { how?: string }).how, how);
      const second = await redeem(code, { code_verifier: verifier });
      const read = await behind(second);
      const { error_description: said } = await errorsOf(second);
      assert.match(said ?? "", /ended with an earlier request/);
      assert.equal(firstCause(read), cause);
      assert.equal(read.diagnosis.reason, null);
    }
  });
});

describe("what belongs to another client", () => {
  it("is called what it is", async () => {
    const { code, verifier } = await bed.signIn("spa");
    const theirs = await bed.tokens("web", { resource: API });
    const ofOther = { headers: bed.basic("other") };
    for (const [path, form, what] of [
      [
        "/token",
        {
          grant_type: "authorization_code",
          redirect_uri: CALLBACK,
          code,
          code_verifier: verifier,
        },
        "code",
      ],
      [
        "/token",
        {
          grant_type: "refresh_token",
          refresh_token: theirs.refresh_token,
        },
        "refresh_token",
      ],
      ["/revoke", { token: theirs.refresh_token }, "refresh_token"],
      ["/revoke", { token: theirs.access_token }, "token"],
    ] as const) {
      const read = await behind(await bed.post(path, form, ofOther));
      const [cause] = read.diagnosis.causes;
      assert.equal(cause?.cause, "oauth.refresh_other_client");
      assert.equal(cause.confidence, "certain");
      assert.equal((cause.facts as { what?: string }).what, what);
    }
  });
});

describe("the refresh token of a public client", () => {
  const htu = `${ISSUER}/token`;
  const refresh = async (
    token: string,
    key: Key | null,
  ): Promise<{ readonly status: number } & Partial<Tokens>> => {
    const send = async (nonce: string | null): Promise<Response> =>
      bed.post(
        "/token",
        {
          grant_type: "refresh_token",
          client_id: "spa",
          refresh_token: token,
        },
        {
          ...(key !== null && { ip: "203.0.113.77" }),
          headers:
            key === null
              ? { "user-agent": "app" }
              : {
                  "user-agent": "curl",
                  dpop: await sign(
                    {
                      jti: randomBytes(12).toString("hex"),
                      htm: "POST",
                      htu,
                      iat: bed.now / 1000,
                      ...(nonce !== null && { nonce }),
                    },
                    key,
                    {
                      header: {
                        typ: "dpop+jwt",
                        jwk: exportKey(key, { secret: false }),
                        kid: undefined,
                      },
                    },
                  ),
                },
        },
      );
    const first = await send(null);
    const nonce = first.headers.get("dpop-nonce");
    const answer =
      first.status === 400 && nonce !== null ? await send(nonce) : first;
    return { status: answer.status, ...((await answer.json()) as object) };
  };

  it("is bound from its first proof on (RFC 9449 section 5), and the one before it is still judged", async () => {
    const key = await generateKey("ES256");
    const { refresh_token: unbound } = await bed.tokens("spa");
    const bound = await refresh(unbound, key);
    assert.deepEqual([bound.status, bound.token_type], [200, "DPoP"]);
    const next = bound.refresh_token ?? "";
    assert.partialDeepStrictEqual(await refresh(next, null), {
      status: 400,
      error: "invalid_grant",
      error_description:
        "The refresh token is bound to a key: a DPoP proof made with it is missing.",
    });
    assert.partialDeepStrictEqual(
      await refresh(next, await generateKey("ES256")),
      { status: 400, error: "invalid_grant" },
    );
    const again = await refresh(next, key);
    assert.equal(again.status, 200);
    // Its owner, whom somebody with a key of his own has outrun: nobody keeps the family.
    assert.equal((await refresh(unbound, null)).status, 400);
    assert.equal((await refresh(again.refresh_token ?? "", key)).status, 400);
  });

  it("is not called that of a revoked grant when it is only used up", async () => {
    const { refresh_token: old } = await bed.tokens("spa");
    const { refresh_token: next = "" } = await refresh(old, null);
    bed.now += 11_000;
    const refused = await bed.post("/token", {
      grant_type: "refresh_token",
      client_id: "spa",
      refresh_token: old,
    });
    const { render, sayFinding } = await import("@assay/diagnosis");
    const { diagnosis } = await behind(refused);
    assert.match(render(diagnosis, "text"), /was used before/);
    const [finding] = diagnosis.steps.flatMap((step) =>
      "findings" in step ? step.findings : [],
    );
    assert.match(finding ? sayFinding(finding) : "", /^it is used up/);
    assert.equal((await refresh(next, null)).status, 200);
  });
});

describe("what is asked for in vain", () => {
  it("is named where it is a name that is known here, and nothing else is", async () => {
    await bed.putResource({ resource: "https://elsewhere.example" });
    const ask = async (
      fields: Readonly<Record<string, string>>,
    ): Promise<Readonly<Record<string, unknown>>> => {
      const { diagnosis } = await behind(
        await bed.post(
          "/token",
          { grant_type: "client_credentials", ...fields },
          { headers: bed.basic("web") },
        ),
      );
      return diagnosis.causes[0]?.facts as unknown as Readonly<
        Record<string, unknown>
      >;
    };
    assert.equal(
      (await ask({ resource: "https://elsewhere.example" }))["resource"],
      "https://elsewhere.example",
    );
    assert.equal((await ask({ resource: `${API}/` }))["resource"], `${API}/`);
    assert.equal((await ask({ resource: "urn:x:secret" }))["resource"], null);
    assert.equal((await ask({ grant_type: "password" }))["grant"], "password");
    assert.equal((await ask({ grant_type: "s3cret" }))["grant"], null);
    assert.deepEqual((await ask({ scope: "s3cret" }))["scopes"], []);
  });
});

describe("the authorization endpoint", () => {
  const authorize = async (
    more: string,
    redirectUri = CALLBACK,
  ): Promise<Response> =>
    bed.get(
      `/authorize?response_type=code&client_id=spa&redirect_uri=${encodeURIComponent(redirectUri)}&code_challenge=${"c".repeat(43)}&code_challenge_method=S256${more}`,
    );

  it("sends a parameter that is there twice back to the client, with a page that explains the error", async () => {
    for (const twice of [
      "&state=a&scope=read&scope=read",
      "&state=a&scope=%zz",
    ]) {
      const answer = await authorize(twice);
      assert.equal(answer.status, 303, twice);
      const to = new URL(answer.headers.get("location") ?? "");
      assert.equal(to.searchParams.get("error"), "invalid_request");
      assert.equal(to.searchParams.get("state"), "a");
      assert.match(
        to.searchParams.get("error_uri") ?? "",
        /\/guides\/oauth-errors$/,
      );
    }
    // Nobody knows where these may be sent.
    for (const twice of ["&client_id=spa", `&redirect_uri=${CALLBACK}`])
      assert.equal((await authorize(twice)).status, 400, twice);
  });

  it("lets the browser go on to an address of IPv6, which a policy cannot name", async () => {
    await bed.put({
      clientId: "native",
      authentication: "none",
      redirectUris: ["http://[::1]/cb"],
    });
    const page = await bed.get(
      `/authorize?response_type=code&client_id=native&redirect_uri=${encodeURIComponent("http://[::1]:4321/cb")}&code_challenge=${"c".repeat(43)}&code_challenge_method=S256`,
    );
    assert.equal(page.status, 200);
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /form-action 'self' http:(?:;|$)/);
  });

  it("asks nobody to sign in for a client that has nothing to have a token for", async () => {
    await bed.put({
      clientId: "only-login",
      authentication: "none",
      scopes: ["openid"],
      resources: [],
    });
    const answer = await bed.get(
      `/authorize?response_type=code&client_id=only-login&redirect_uri=${encodeURIComponent(CALLBACK)}&code_challenge=${"c".repeat(43)}&code_challenge_method=S256&scope=openid`,
    );
    assert.match(answer.headers.get("location") ?? "", /error=invalid_target/);
  });
});

describe("every endpoint that answers GET", () => {
  it("answers HEAD with the same headers and no body", async () => {
    for (const path of [
      "/jwks",
      "/.well-known/openid-configuration",
      "/status-lists",
    ]) {
      const head = await bed.send(
        new Request(ISSUER + path, { method: "HEAD" }),
      );
      const get = await bed.get(path);
      assert.equal(head.status, 200, path);
      assert.equal(await head.text(), "");
      assert.equal(
        head.headers.get("content-type"),
        get.headers.get("content-type"),
      );
    }
  });
});
