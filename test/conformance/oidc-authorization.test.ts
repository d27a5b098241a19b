/** Modules of the OpenID Connect plans that are about the authorization request. Each test has its module's name. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { openBed, type Bed } from "./bed.ts";
import {
  gotTokens,
  sentBack,
  sentBackWith,
  toldThePerson,
} from "./expectations.ts";
import {
  REDIRECT,
  type Asked,
  type Changes,
  type RelyingParty,
} from "./relying-party.ts";

const WITH_QUERY = `${REDIRECT}?from=app`;

let bed: Bed;
let party: RelyingParty;
before(async () => {
  bed = await openBed();
  party = await bed.register("rp", "client_secret_basic");
});
after(async () => bed.close());

/** The whole flow; gives the claims of the ID token. */
async function succeeds(
  asked: Asked,
  client = party,
  method: "GET" | "POST" = "GET",
): Promise<Readonly<Record<string, unknown>>> {
  const back = await bed.signIn(await client.open(asked, method));
  sentBack(asked, back, bed.running.url);
  const tokens = gotTokens(await client.redeem(asked, back));
  const { payload } = await bed.verify(String(tokens["id_token"]), {
    audience: client.clientId,
  });
  assert.equal(payload["nonce"], asked.parameters.get("nonce") ?? undefined);
  return payload;
}

/** Parameters that must not be an error, whatever is made of them. */
const HARMLESS: Readonly<Record<string, Changes>> = {
  "oidcc-claims-essential": {
    claims: JSON.stringify({ userinfo: { name: { essential: true } } }),
  },
  "oidcc-claims-locales": { claims_locales: "se" },
  "oidcc-display-page": { display: "page" },
  "oidcc-display-popup": { display: "popup" },
  "oidcc-ensure-request-with-acr-values-succeeds": { acr_values: "1 2" },
  "oidcc-ensure-request-with-unknown-parameter-succeeds": { extra: "foobar" },
  "oidcc-ensure-request-with-valid-pkce-succeeds": {},
  "oidcc-ensure-request-without-nonce-succeeds-for-code-flow": { nonce: null },
  "oidcc-login-hint": { login_hint: "buffy@rp.example" },
  "oidcc-ui-locales": { ui_locales: "se" },
};

for (const [module, changes] of Object.entries(HARMLESS))
  it(module, async () => {
    await succeeds(party.ask(changes));
  });

it("oidcc-alternate-happy-flow", async () => {
  const { parameters, verifier } = party.ask({
    scope: "offline_access openid",
  });
  const backwards = new URLSearchParams([...parameters].toReversed());
  await succeeds({ parameters: backwards, verifier });
});

it("oidcc-ensure-post-request-succeeds", async () => {
  await succeeds(party.ask(), party, "POST");
});

it("oidcc-prompt-login", async () => {
  const first = await succeeds(party.ask());
  bed.ahead += 2;
  const second = await succeeds(party.ask({ prompt: "login" }));
  assert.ok(Number(second["auth_time"]) > Number(first["auth_time"]));
  assert.equal(second["sub"], first["sub"]);
});

it("oidcc-max-age-1", async () => {
  const first = await succeeds(party.ask());
  bed.ahead += 2;
  const second = await succeeds(party.ask({ max_age: "1" }));
  assert.ok(Number(second["auth_time"]) > Number(first["auth_time"]));
  assert.equal(second["sub"], first["sub"]);
});

it("oidcc-prompt-none-not-logged-in", async () => {
  const asked = party.ask({ prompt: "none" });
  sentBackWith(asked, await party.open(asked), [
    "login_required",
    "interaction_required",
  ]);
});

it("oidcc-response-type-missing", async () => {
  const asked = party.ask({ response_type: null });
  sentBackWith(asked, await party.open(asked), [
    "invalid_request",
    "unsupported_response_type",
  ]);
});

it("oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported", async () => {
  const object = ['{"alg":"none"}', '{"scope":"openid"}']
    .map((part) => btoa(part).replaceAll("=", ""))
    .join(".");
  const asked = party.ask({ request: `${object}.` });
  sentBackWith(asked, await party.open(asked), ["request_not_supported"]);
});

it("oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported", async () => {
  const asked = party.ask({ request_uri: "https://app.example/request.jwt" });
  sentBackWith(asked, await party.open(asked), ["request_uri_not_supported"]);
});

it("oidcc-ensure-request-object-with-redirect-uri", async () => {
  const object = [{ alg: "none" }, { redirect_uri: REDIRECT }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const asked = party.ask({
    request: `${object}.`,
    redirect_uri: "https://app.example/other",
  });
  await toldThePerson(await party.open(asked));
});

it("oidcc-ensure-registered-redirect-uri", async () => {
  const asked = party.ask({ redirect_uri: "https://app.example/other" });
  await toldThePerson(await party.open(asked));
});

it("oidcc-ensure-redirect-uri-in-authorization-request", async () => {
  const two = await bed.register("rp-two", "client_secret_basic", {
    redirectUris: [REDIRECT, "https://app.example/second"],
  });
  await toldThePerson(await two.open(two.ask({ redirect_uri: null })));
});

it("oidcc-redirect-uri-query-OK", async () => {
  const client = await bed.register("rp-query", "client_secret_basic", {
    redirectUris: [WITH_QUERY],
  });
  const asked = client.ask({ redirect_uri: WITH_QUERY });
  const back = await bed.signIn(await client.open(asked));
  assert.equal(back.searchParams.get("from"), "app");
  sentBack(asked, back, bed.running.url);
  gotTokens(await client.redeem(asked, back));
});

it("oidcc-redirect-uri-query-added", async () => {
  const asked = party.ask({ redirect_uri: WITH_QUERY });
  await toldThePerson(await party.open(asked));
});

it("oidcc-redirect-uri-query-mismatch", async () => {
  const client = await bed.register("rp-other-query", "client_secret_basic", {
    redirectUris: [WITH_QUERY],
  });
  const asked = client.ask({ redirect_uri: `${REDIRECT}?from=another` });
  await toldThePerson(await client.open(asked));
});
