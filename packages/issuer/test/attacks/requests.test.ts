/** Requests that no client sends: other methods, media types and paths, parameters twice, secrets in the address, bodies without end. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  errorOf,
  ISSUER,
  openAttackBed,
  type AttackBed,
} from "./attack-bed.ts";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
});
after(() => bed.close());

const FORM = "application/x-www-form-urlencoded";
const POSTS = ["/token", "/introspect", "/revoke", "/diagnosis"];
const GETS = [
  "/jwks",
  "/.well-known/openid-configuration",
  "/.well-known/oauth-authorization-server",
  "/status-lists",
];

const GOOD = { grant_type: "client_credentials" };

const raw = (
  path: string,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  bed.send(
    new Request(ISSUER + path, {
      method: "POST",
      headers: { "content-type": FORM, ...bed.basic("web"), ...headers },
      body,
      ...(body instanceof ReadableStream && { duplex: "half" }),
    }),
  );

const faultOf = async (answer: Response): Promise<unknown> => {
  await bed.settled();
  const handle = answer.headers.get("assay-diagnosis") ?? "";
  const read = await bed.issuer.context.handles.read(handle, { admin: true });
  return read?.facts["how"];
};

describe("another method", () => {
  it("gets 405 where only POST is understood, with no token and no word about the client", async () => {
    for (const path of POSTS)
      for (const method of [
        "GET",
        "HEAD",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "PROPFIND",
      ]) {
        const query = new URLSearchParams(GOOD).toString();
        const answer = await bed.send(
          new Request(`${ISSUER}${path}?${query}`, {
            method,
            headers: bed.basic("web"),
          }),
        );
        assert.equal(answer.status, 405, `${method} ${path}`);
        assert.equal(answer.headers.get("allow"), "POST");
        assert.doesNotMatch(await answer.text(), /token|web/i);
      }
  });

  it("cannot be named in a header or parameter", async () => {
    for (const headers of [
      { "x-http-method-override": "POST" },
      { "x-http-method": "POST" },
      { "x-method-override": "POST" },
    ])
      assert.equal(
        (
          await bed.get("/token?_method=POST", {
            headers: { ...bed.basic("web"), ...headers },
          })
        ).status,
        405,
      );
  });

  it("changes nothing where only GET is understood", async () => {
    for (const path of GETS)
      for (const method of ["POST", "PUT", "DELETE"])
        assert.equal(
          (await bed.send(new Request(ISSUER + path, { method }))).status,
          405,
          `${method} ${path}`,
        );
  });
});

describe("another path", () => {
  it("is not the endpoint, however near it comes", async () => {
    for (const path of [
      "//token",
      "/token/",
      "/token//",
      "/TOKEN",
      "/Token",
      "/token;x=1",
      "/token.json",
      "/token%20",
      "/token%00",
      "/token%2f",
      "/%2ftoken",
      "/t%6fken",
      "/%74oken",
      "/x/..%2ftoken",
      "/token%3fgrant_type=client_credentials",
      "/.well-known/openid-configuration/",
      "/.well-known/../token",
    ]) {
      // Not what a URL makes of it: what stands in the first line of a request.
      const request = new Request(`${ISSUER}/x`, {
        method: "POST",
        headers: { "content-type": FORM, ...bed.basic("web") },
        body: new URLSearchParams(GOOD).toString(),
      });
      Object.defineProperty(request, "url", { value: ISSUER + path });
      const { status } = await bed.send(request);
      assert.equal(status, 404, path);
    }
    assert.equal(
      (await raw("/token", new URLSearchParams(GOOD).toString())).status,
      200,
    );
  });
});

describe("another media type", () => {
  for (const type of [
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/x-www-form-urlencoded, application/json",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencodedx",
    "",
  ])
    it(`is refused: ${type === "" ? "none" : type}`, async () => {
      const answer = await raw("/token", new URLSearchParams(GOOD).toString(), {
        "content-type": type,
      });
      assert.equal(answer.status, 400);
      assert.equal(await errorOf(answer), "invalid_request");
    });

  it("does not come back in the answer as it was sent", async () => {
    const answer = await raw("/token", "x=1", {
      "content-type": `text/<script>${"x".repeat(100)}`,
    });
    assert.doesNotMatch(await answer.text(), /<script|xxx/);
  });
});

describe("a parameter twice", () => {
  for (const name of [
    "grant_type",
    "client_id",
    "client_secret",
    "code",
    "code_verifier",
    "redirect_uri",
    "refresh_token",
    "scope",
    "token",
    "client_assertion",
  ])
    it(`is refused: ${name}, with one value or with two`, async () => {
      for (const second of ["a", "b", ""]) {
        const answer = await raw(
          "/token",
          `grant_type=client_credentials&${name}=a&${name}=${second}`,
        );
        assert.equal(answer.status, 400, await answer.clone().text());
        assert.equal(await errorOf(answer), "invalid_request");
        assert.equal(await faultOf(answer), "repeated");
      }
    });

  it("is found under an encoded name as well", async () => {
    const answer = await raw(
      "/token",
      "grant_type=client_credentials&gr%61nt_type=refresh_token",
    );
    assert.equal(await errorOf(answer), "invalid_request");
  });

  it("does not show a secret that was sent as a name", async () => {
    const secret = bed.secretOf("web");
    const answer = await raw("/token", `${secret}&${secret}`);
    assert.ok(!(await answer.text()).includes(secret));
  });
});

describe("a secret in the address", () => {
  for (const name of [
    "client_secret",
    "client_assertion",
    "code",
    "code_verifier",
    "refresh_token",
    "assertion",
    "subject_token",
    "actor_token",
    "token",
    "password",
  ])
    it(`is refused even if the body is good: ${name}`, async () => {
      for (const path of POSTS) {
        const answer = await raw(
          `${path}?${name}=x`,
          new URLSearchParams(GOOD).toString(),
        );
        assert.equal(await errorOf(answer), "invalid_request");
        assert.equal(await faultOf(answer), "query");
      }
    });

  it("authenticates nobody: client_id and secret count in body and header alone", async () => {
    const answer = await bed.post("/token?client_id=web", GOOD);
    assert.equal(answer.status, 401);
  });
});

describe("a body", () => {
  const LONG = 64 * 1024;

  it("over the bound is refused, whatever its length is said to be", async () => {
    const body = `grant_type=client_credentials&x=${"a".repeat(LONG)}`;
    for (const headers of [
      {},
      { "content-length": "5" },
      { "content-length": String(LONG * 4) },
      { "content-length": "-1" },
      { "content-length": "x" },
    ] as readonly Readonly<Record<string, string>>[]) {
      const answer = await raw("/token", body, headers);
      assert.equal(answer.status, 400);
      assert.equal(await faultOf(answer), "too_large");
    }
  });

  it("without end is not read to its end", async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 8192;
        controller.enqueue(new Uint8Array(8192).fill(97));
        if (pulled > 64 * LONG) controller.close();
      },
      cancel() {
        cancelled = true;
      },
    });
    const answer = await raw("/token", endless);
    assert.equal(answer.status, 400);
    assert.ok(pulled <= 2 * LONG, `${pulled} bytes were read`);
    assert.ok(cancelled);
  });

  it("that breaks off changes nothing", async () => {
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from("grant_type=client_credentials"));
      },
      pull(controller) {
        controller.error(new TypeError("the connection was lost"));
      },
    });
    const answer = await raw("/token", broken);
    assert.equal(await errorOf(answer), "invalid_request");
    assert.deepEqual(bed.logged, []);
  });

  it("that is no form is refused: bytes that are no UTF-8, a percent sign alone, U+0000", async () => {
    for (const body of [
      Buffer.from([0x61, 0x3d, 0xff]),
      "grant_type=%",
      "grant_type=%ff",
      "grant_type=client_credentials&scope=%00",
      "grant_type=client_credentials%00",
    ]) {
      const answer = await raw("/token", body);
      assert.equal(await errorOf(answer), "invalid_request");
    }
  });

  it("with a thousand parameters or a prototype's names is read as any other", async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `p${i}=1`).join("&");
    for (const more of [many, "__proto__=1&constructor=1&toString=1"])
      assert.equal(
        (await raw("/token", `grant_type=client_credentials&${more}`)).status,
        200,
      );
  });
});

describe("two ways of client authentication", () => {
  it("are refused, even if both are good", async () => {
    const secret = bed.secretOf("web");
    for (const more of [
      { client_id: "web", client_secret: secret },
      {
        client_assertion: await bed.assertion("key"),
        client_assertion_type:
          "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      },
    ]) {
      const answer = await bed.post(
        "/token",
        { ...GOOD, ...more },
        { headers: bed.basic("web") },
      );
      assert.equal(answer.status, 400);
      assert.equal(await errorOf(answer), "invalid_request");
    }
  });

  it("of two clients are refused: a name in the body that is not the header's", async () => {
    const answer = await bed.post(
      "/token",
      { ...GOOD, client_id: "other" },
      { headers: bed.basic("web") },
    );
    assert.equal(await errorOf(answer), "invalid_request");
  });
});
