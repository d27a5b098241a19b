/** What the judge of OAuth endpoints takes and leaves alone, what it must not say, and that a hostile request costs little. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, readInquiry, type Diagnosis } from "@assay/diagnosis";
import { growsLinearly } from "../../../test/grows-linearly.ts";
import { vectorsOf } from "./vectors.ts";
import { SERVER_MESSAGES } from "../src/oauth/server-messages.ts";

const NOW = "2026-08-10T09:00:00Z";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const asked = (inquiry: object): Promise<Diagnosis> =>
  diagnose(readInquiry({ now: NOW, ...inquiry }));

describe("requests that are not the judge's", () => {
  const bearer = { authorization: "Bearer aaa.bbb.ccc" };
  for (const [name, request] of [
    [
      "an API below a path named token",
      { method: "GET", url: "https://api.example/token", headers: bearer },
    ],
    [
      "an API whose path ends in authorize",
      {
        method: "POST",
        url: "https://api.example/cards/authorize",
        headers: { ...bearer, ...FORM },
        body: "amount=5",
      },
    ],
    [
      "a form of an API",
      {
        method: "POST",
        url: "https://api.example/orders",
        headers: { ...FORM, ...bearer },
        body: "scope=all&code=7",
      },
    ],
  ] as const)
    it(name, async () => {
      const { reason } = await asked({ request });
      assert.ok(
        reason !== null && /^(format|request)\./.test(reason),
        String(reason),
      );
    });
  it("a refusal of an API alone", async () => {
    const { reason } = await asked({
      response: {
        status: 401,
        headers: { "www-authenticate": 'Bearer error="invalid_token"' },
        body: '{"error":"invalid_token","error_description":"jwt expired"}',
      },
    });
    assert.equal(reason, "expiration.expired");
  });
});

describe("what the judge must not say", () => {
  it("no code, verifier, refresh token or secret of a request", async () => {
    for (const { inquiry } of vectorsOf("oauth.jsonl")) {
      const text = JSON.stringify(await diagnose(readInquiry(inquiry)));
      const body = new URLSearchParams(inquiry.request?.body ?? "");
      const secrets = [
        "code",
        "code_verifier",
        "refresh_token",
        "client_secret",
        "client_assertion",
        "device_code",
        "password",
      ].flatMap((name) => body.getAll(name));
      // Cognito's operations have theirs in JSON, some of them one level down.
      const members =
        /"(?:REFRESH_TOKEN|PASSWORD|SECRET_HASH|RefreshToken|ClientSecret|AccessToken|Token)":"([^"]+)"/g;
      for (const [, secret = ""] of (inquiry.request?.body ?? "").matchAll(
        members,
      ))
        secrets.push(secret);
      for (const secret of [...secrets, inquiry.context?.client?.secret ?? ""])
        if (secret.length > 11) assert.ok(!text.includes(secret), text);
    }
  });
  it("nothing certain of what only a message tells", async () => {
    for (const { inquiry } of vectorsOf("oauth.jsonl")) {
      if (inquiry.request) continue;
      const { causes } = await diagnose(readInquiry(inquiry));
      if (inquiry.token === undefined)
        assert.ok(causes.every(({ confidence }) => confidence !== "certain"));
    }
  });
});

describe("an outage", () => {
  it("is no refusal of the client or the token", async () => {
    for (const status of [429, 500, 502, 503, 504]) {
      const { outcome, causes } = await asked({
        request: {
          method: "POST",
          url: "https://id.example/token",
          headers: FORM,
          body: "grant_type=refresh_token&refresh_token=rt-1&client_id=web",
        },
        response: { status, headers: {}, body: "" },
      });
      assert.deepEqual(
        { outcome, causes },
        { outcome: "undecided", causes: [] },
      );
    }
  });
});

describe("a refusal always has a cause", () => {
  for (const error of [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_target",
    "access_denied",
    "something_else",
  ])
    it(error, async () => {
      for (const grant of [
        "authorization_code",
        "refresh_token",
        "client_credentials",
      ]) {
        const { outcome, causes } = await asked({
          request: {
            method: "POST",
            url: "https://id.example/token",
            headers: FORM,
            body: `grant_type=${grant}&code=c-1&refresh_token=rt-1&client_id=web&client_secret=abc`,
          },
          response: {
            status: 400,
            headers: {},
            body: JSON.stringify({ error }),
          },
        });
        assert.equal(outcome, "rejected");
        assert.ok(causes.length > 0);
        assert.ok(causes.every(({ confidence }) => confidence !== "certain"));
      }
    });
});

describe("what may be shown of names", () => {
  const names = async (
    body: string,
    error: string,
    policy: object = {},
  ): Promise<string> => {
    const { causes } = await asked({
      request: {
        method: "POST",
        url: "https://id.example/token",
        headers: FORM,
        body,
      },
      response: { status: 400, headers: {}, body: JSON.stringify({ error }) },
      policy,
    });
    return causes.flatMap(({ evidence }) => evidence).join("\n");
  };
  it("registered ones and those of the policy, whole", async () => {
    const body = "grant_type=client_credentials&client_id=web&scope=";
    assert.match(
      await names(`${body}openid+orders:read`, "invalid_scope", {
        scopes: ["orders:read"],
      }),
      /“openid” and “orders:read”/,
    );
    assert.match(
      await names(`${body}orders:read`, "invalid_scope"),
      /“…” \(11 characters, not shown\)/,
    );
    assert.match(
      await names(`${body}openid`, "some_error_of_its_own"),
      /“…” \(21 characters, not shown\)/,
    );
  });
});

describe("a hostile request", () => {
  for (const [name, start, part] of [
    ["many parameters", "", "a=1&"],
    ["one long parameter", "grant_type=", "x"],
    ["percent signs", "grant_type=refresh_token&refresh_token=", "%25"],
    ["dots", "grant_type=refresh_token&refresh_token=", "."],
    ["blanks", "grant_type=authorization_code&code=", " "],
    ["deep JSON", "", "["],
    ["an open object", "", '{"a":'],
    ["angle brackets", "", "<a "],
    ["words of errors", "", "client code redirect_uri scope "],
    ["boundaries", "", '--x\r\nname="a"\r\n\r\n'],
  ] as const)
    for (const isAnswered of [false, true])
      it(`${name} cost no more than their length${isAnswered ? ", in an answer too" : ""}`, async () => {
        await growsLinearly(async (length) => {
          const body = start + part.repeat(Math.floor(length / part.length));
          await asked({
            request: {
              method: "POST",
              url: `https://id.example/oauth2/token?grant_type=x&${body.slice(0, 2_000)}`,
              headers: { ...FORM, authorization: `Basic ${body}` },
              body,
            },
            ...(isAnswered && {
              response: {
                status: 400,
                headers: { location: body, "www-authenticate": body },
                body,
              },
            }),
            context: {
              client: { id: "web", secret: body, redirectUris: [body] },
            },
          });
        }, 60_000);
      });
});

describe("the table of messages", () => {
  it("names a source for each row, and no message is read in more than linear time", async () => {
    for (const [pattern, causes, source] of SERVER_MESSAGES) {
      assert.ok(source.length > 5 && causes.length > 0);
      for (const text of [
        "client ",
        "code ",
        "redirect_uri ",
        "scope",
        "a",
        "refresh token ",
        "audience ",
      ]) {
        await growsLinearly(
          (length) =>
            pattern.test(text.repeat(Math.ceil(length / text.length))),
          4_000,
          String(pattern),
        );
      }
    }
  });
});

describe("what a server granted proves no assertion", () => {
  const part = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  const assertion = `${part({ alg: "none" })}.${part({ iss: "a", sub: "a", aud: "https://id.example/token", exp: 1_900_000_000 })}.`;
  it("a forged one is not trusted", async () =>
    assert.partialDeepStrictEqual(
      await asked({
        request: {
          method: "POST",
          url: "https://id.example/token",
          headers: FORM,
          body: `grant_type=client_credentials&client_assertion=${assertion}`,
        },
        response: { status: 200, body: '{"access_token":"x"}' },
      }),
      {
        outcome: "rejected",
        reason: "signature.algorithm_none",
        token: { trusted: false },
      },
    ));
});

describe("secrets that stand where they do not belong", () => {
  const SECRET = "SplxlOBeZQQYbYS6WxSbIA0123456789";
  const redirect = encodeURIComponent(`https://a.example/cb?code=${SECRET}`);
  for (const [name, body, answer, client] of [
    [
      "a code in redirect_uri",
      `grant_type=authorization_code&code=x&client_id=web&redirect_uri=${redirect}`,
      { error: "invalid_grant" },
      { redirectUris: ["https://a.example/cb"] },
    ],
    [
      "the secret as the id",
      `grant_type=client_credentials&client_id=${SECRET}&client_secret=web`,
      { error: "invalid_client" },
      { id: "web", secret: SECRET },
    ],
    [
      "the two mixed up, and the secret not known",
      `grant_type=client_credentials&client_id=${SECRET}&client_secret=web`,
      { error: "invalid_client" },
      { id: "web" },
    ],
    [
      "a code that the answer gives back",
      `grant_type=authorization_code&client_id=web&code=${SECRET}`,
      { code: SECRET, message: "no" },
      {},
    ],
    [
      "a secret as the error code",
      "grant_type=client_credentials&client_id=web",
      { error: SECRET },
      {},
    ],
    [
      "the secret as the grant",
      `grant_type=${SECRET}&client_id=web`,
      { error: "unsupported_grant_type" },
      { grantTypes: ["client_credentials"] },
    ],
    [
      "the secret after the grant",
      `grant_type=password${SECRET}&client_id=web`,
      { error: "unsupported_grant_type" },
      {},
    ],
    [
      "the secret among the scopes",
      `grant_type=client_credentials&client_id=web&scope=openid+${SECRET}`,
      { error: "invalid_scope" },
      {},
    ],
    [
      "the secret as a parameter's name",
      `grant_type=client_credentials&client_id=web&${SECRET}=1&${SECRET}=2`,
      { error: "invalid_request" },
      {},
    ],
    [
      "the secret as the resource",
      `grant_type=client_credentials&client_id=web&resource=https%3A%2F%2Fa.example%2F%3Fkey%3D${SECRET}`,
      { error: "invalid_target" },
      {},
    ],
  ] as const)
    it(name, async () => {
      const diagnosis = await asked({
        request: {
          method: "POST",
          url: "https://id.example/token",
          headers: FORM,
          body,
        },
        response: { status: 400, body: JSON.stringify(answer) },
        context: { client },
      });
      assert.ok(!JSON.stringify(diagnosis).includes(SECRET));
    });
});

it("leaves alone an API whose form has a grant_type of its own", async () => {
  const { causes } = await asked({
    request: {
      method: "POST",
      url: "https://api.example/research",
      headers: { ...FORM, authorization: "Bearer aaa.bbb.ccc" },
      body: "grant_type=research&amount=5",
    },
  });
  assert.ok(causes.every(({ cause }) => !cause.startsWith("oauth.")));
});

describe("a token whose client was taken out of use", () => {
  const at = "2026-08-10T08:30:00Z";
  const history = [
    { at: "2026-08-10T08:00:00Z", event: "token.issued", tokenId: "t-1" },
    { at: "2026-08-10T08:00:00Z", event: "token.issued", tokenId: "r-1" },
  ].map((entry) => ({ ...entry, clientId: "web", grantId: "g-1" }));
  for (const [who, by] of [
    ["nobody", {}],
    ["an operator", { by: "root" }],
    ["the client itself", { by: "web" }],
  ] as const)
    for (const [what, request, answer] of [
      [
        "introspected",
        { url: "introspect", body: "token=t-1" },
        { active: false },
      ],
      [
        "renewed",
        { url: "token", body: "grant_type=refresh_token&refresh_token=r-1" },
        { error: "invalid_grant" },
      ],
    ] as const)
      it(`was ended by an operator, when it is ${what} and ${who} is named`, async () => {
        const { causes } = await asked({
          request: {
            method: "POST",
            url: `https://issuer.example/${request.url}`,
            headers: FORM,
            body: `${request.body}&client_id=web`,
          },
          response: {
            status: what === "renewed" ? 400 : 200,
            headers: { "content-type": "application/json" },
            body: JSON.stringify(answer),
          },
          context: {
            history: [
              ...history,
              { at, event: "client.disabled", clientId: "web", ...by },
            ],
          },
        });
        assert.equal(causes[0]?.cause, "revoked.by_administrator");
      });
});
