/** Our verdicts beside those of `jose` on random tokens. Where we are stricter, the table says why; we are never laxer. */
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { describe, it } from "node:test";
import {
  exportKey,
  generateKey,
  keySetOf,
  platform,
  handleFor,
  verify,
  type Policy,
  type Reason,
} from "@assay/token";
import fc from "fast-check";
import { errors, jwtVerify } from "jose";

const runs = Number(process.env["ASSAY_FUZZ_RUNS"] ?? 400);

/** What jose 6 takes and we refuse. */
const STRICTER: Partial<Record<Reason, string>> = {
  "format.encoding":
    "padding, white space and stray bits: RFC 7515 section 2 wants canonical base64url",
  "format.header":
    "a member that stands twice (RFC 7515 section 4), or a parameter of the wrong type that jose does not read",
  "format.payload":
    "a member that stands twice (RFC 7519 section 4), a byte-order mark or a lone surrogate",
  "format.claim_type":
    "a registered claim of the wrong type that jose does not read (sub, jti, a mixed aud), or a number beyond all bounds",
  "format.critical": "b64 without crit (RFC 7797 section 6)",
  "format.type":
    "typ and the claims say that it is another kind of token (RFC 8725 section 3.11)",
  "format.too_large": "over the depth or size limit",
  "signature.key_not_found":
    "jose was handed a key and no set, so that kid selects nothing",
  "expiration.missing": "exp is demanded of an access token",
  "expiration.issued_in_future":
    "jose looks at iat only when a greatest age is asked for",
};

const key = await generateKey("ES256", { kid: "k1" });
const publicKey = createPublicKey({
  key: exportKey(key, { secret: false }) as never,
  format: "jwk",
});
const handle = await handleFor(key, "ES256", "sign");
const NOW = 1_800_000_000;
const policy: Policy = {
  issuer: "https://i.example",
  audience: "api",
  keys: keySetOf(key),
  algorithms: ["ES256"],
  clock: () => NOW * 1000,
};

const encode = (text: string): string =>
  Buffer.from(text).toString("base64url");
async function signText(header: string, payload: string): Promise<string> {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${platform.encodeBase64url(await platform.sign("ES256", handle, input))}`;
}

const member = (name: string, ...values: string[]) =>
  fc.option(
    fc.constantFrom(...values).map((value) => `"${name}":${value}`),
    { nil: "" },
  );
const payloads = fc
  .tuple(
    member(
      "iss",
      '"https://i.example"',
      '"https://i.example"',
      '"https://i.example"',
      '"https://I.example"',
      "7",
      '["https://i.example"]',
    ),
    member(
      "aud",
      '"api"',
      '"api"',
      '["api","b"]',
      '["b"]',
      "[]",
      '["api",1]',
      '"API"',
      "null",
    ),
    member(
      "exp",
      String(NOW + 60),
      String(NOW + 60),
      String(NOW),
      String(NOW - 1),
      '"soon"',
      "1e400",
      "1800000060.5",
      "null",
    ),
    member("nbf", String(NOW - 5), String(NOW), String(NOW + 5), '"x"'),
    member("iat", String(NOW - 5), String(NOW + 500), '"x"'),
    member("sub", '"someone"', "7", '"\\ud800"'),
    member("nonce", '"n"'),
    member("scope", '"a b"', '["a"]'),
    member("exp", String(NOW + 60)),
  )
  .map((members) => `{${members.filter(Boolean).join(",")}}`);
const headers = fc
  .tuple(
    fc.constantFrom(
      '"alg":"ES256"',
      '"alg":"ES256"',
      '"alg":"ES256"',
      '"alg":"none"',
      '"alg":"HS256"',
      '"alg":7',
      '"alg":"ES256","alg":"ES256"',
    ),
    member("kid", '"k1"', '"k1"', '"k1"', "7", '"k2"'),
    member("typ", '"JWT"', '"at+jwt"', '"dpop+jwt"', "7"),
    member("crit", '["b64"]', "[]", '["exp"]', '"b64"'),
    member("b64", "true", "false"),
  )
  .map((members) => `{${members.filter(Boolean).join(",")}}`);
const damages = fc.constantFrom<(token: string) => string>(
  (t) => t,
  (t) => t,
  (t) => t,
  (t) => `${t}=`,
  (t) => `${t} `,
  (t) => ` ${t}`,
  (t) => t.slice(0, -1),
  (t) => `${t}.`,
  (t) => t.replace(".", ".."),
  (t) => t.slice(0, t.lastIndexOf(".") + 1),
);

describe("agreement with jose", () => {
  it("is laxer nowhere, and stricter only for reasons of the table", async () => {
    await fc.assert(
      fc.asyncProperty(
        headers,
        payloads,
        damages,
        async (header, payload, damage) => {
          const token = damage(await signText(header, payload));
          const ours = await verify(token, policy);
          let theirs = true;
          try {
            await jwtVerify(token, publicKey, {
              issuer: "https://i.example",
              audience: "api",
              algorithms: ["ES256"],
              currentDate: new Date(NOW * 1000),
            });
          } catch (error) {
            if (
              !(error instanceof errors.JOSEError) &&
              !(error instanceof TypeError)
            )
              throw error;
            theirs = false;
          }
          if (ours.outcome === "accepted")
            assert.ok(theirs, `jose refuses ${header} ${payload}`);
          else if (theirs)
            assert.ok(
              ours.reason in STRICTER,
              `${ours.reason}: ${header} ${payload}`,
            );
        },
      ),
      { numRuns: runs },
    );
  });
});
