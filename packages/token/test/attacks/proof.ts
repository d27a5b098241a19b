/** Rows 46 and 47: proofs of possession, and using one thing twice. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import {
  createVerifier,
  type Policy,
  type Presented,
  type Reason,
  type ReplayStore,
} from "@assay/token";
import {
  accepted,
  base64url,
  compact,
  ec,
  es,
  good,
  hs256,
  jwkOf,
  NOW,
  policy,
  refused,
  secret,
  type Row,
} from "./forge.ts";

const client = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = jwkOf(client.publicKey);
const sha256 = (text: string): string =>
  base64url(createHash("sha256").update(text).digest());
const jkt = sha256(
  JSON.stringify({ crv: jwk["crv"], kty: jwk.kty, x: jwk["x"], y: jwk["y"] }),
);

const token = compact(
  { alg: "ES256", kid: "k" },
  { ...good(), cnf: { jkt } },
  es(ec.privateKey),
);
const ath = sha256(token);
const RESOURCE = "https://api.example/orders";
const fresh = { jti: "p-1", htm: "POST", htu: RESOURCE, iat: NOW, ath };
const header = { typ: "dpop+jwt", alg: "ES256", jwk };
const prove = (
  claims: object = {},
  head: object = {},
  by = es(client.privateKey),
): string => compact({ ...header, ...head }, { ...fresh, ...claims }, by);

const sent = (
  proof: string | readonly string[] | undefined,
  { url = RESOURCE, access = token } = {},
): Presented => ({
  request: {
    method: "POST",
    url,
    headers: { authorization: `DPoP ${access}`, dpop: proof },
  },
});
const dpop: Partial<Policy> = { scheme: "DPoP" };

const ORDER =
  0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** The other valid signature of the same text (row 14). */
export function malleate(text: string): string {
  const at = text.lastIndexOf(".") + 1;
  const signature = Buffer.from(text.slice(at), "base64url");
  const s = ORDER - BigInt(`0x${signature.subarray(32).toString("hex")}`);
  return (
    text.slice(0, at) +
    base64url(
      Buffer.concat([
        signature.subarray(0, 32),
        Buffer.from(s.toString(16).padStart(64, "0"), "hex"),
      ]),
    )
  );
}

export const rows: readonly Row[] = [
  {
    row: 46,
    name: "jti reuse",
    async run() {
      const seen = new Set<string>();
      const replay: ReplayStore = {
        remember(key, jti, until) {
          assert.ok(until >= NOW);
          return seen.size < seen.add(`${key} ${jti}`).size;
        },
      };
      const verifier = createVerifier(policy({ ...dpop, replay }), {
        cacheBytes: 100_000,
      });
      const reason = async (proof: string): Promise<Reason | "accepted"> => {
        const verdict = await verifier.verify(sent(proof));
        return verdict.outcome === "accepted" ? "accepted" : verdict.reason;
      };
      const proof = prove();
      assert.equal(await reason(proof), "accepted");
      assert.equal(await reason(proof), "binding.replayed");
      assert.notEqual(malleate(proof), proof);
      assert.equal(await reason(malleate(proof)), "binding.replayed");
      assert.equal(await reason(prove({ iat: NOW - 1 })), "binding.replayed");
      assert.equal(await reason(prove({ jti: "p-2" })), "accepted");
      // A proof that is refused for another reason is not used up.
      assert.equal(
        await reason(prove({ jti: "p-3", htm: "GET" })),
        "binding.request_mismatch",
      );
      assert.equal(await reason(prove({ jti: "p-3" })), "accepted");
    },
  },
  {
    row: 47,
    name: "DPoP proof errors",
    async run() {
      await accepted(sent(prove()), dpop);
      for (const htu of [
        "HTTPS://API.example/orders",
        "https://api.example:443/orders",
        `${RESOURCE}?a=1`,
        `${RESOURCE}#a`,
      ])
        await accepted(sent(prove({ htu })), dpop);
      for (const htu of [
        "https://other.example/orders",
        "https://api.example:8443/orders",
        "http://api.example/orders",
        `${RESOURCE}/1`,
        "https://api.example/Orders",
        "/orders",
        "",
      ]) {
        await refused("binding.request_mismatch", sent(prove({ htu })), dpop, {
          member: "htu",
        });
      }
      for (const htm of ["GET", "post", ""])
        await refused("binding.request_mismatch", sent(prove({ htm })), dpop, {
          member: "htm",
        });
      const stolen = compact(
        { alg: "ES256", kid: "k" },
        { ...good(), sub: "other", cnf: { jkt } },
        es(ec.privateKey),
      );
      await refused(
        "binding.request_mismatch",
        sent(prove({ ath: sha256(stolen) })),
        dpop,
        { member: "ath" },
      );
      await refused("binding.request_mismatch", sent(prove({ ath: 7 })), dpop, {
        member: "ath",
      });
      await accepted(sent(prove({ iat: NOW - 300 })), dpop);
      const invalid: readonly (readonly [
        string | readonly string[],
        string,
      ])[] = [
        [prove({ iat: NOW - 301 }), "too_old"],
        [prove({ iat: NOW + 31 }), "in_future"],
        [prove({ iat: undefined }), "claim_missing"],
        [prove({ iat: "now" }), "claim_type"],
        [prove({ jti: undefined }), "claim_missing"],
        [prove({ jti: 7 }), "claim_type"],
        [prove({ htm: undefined }), "claim_missing"],
        [prove({ htu: undefined }), "claim_missing"],
        [prove({ ath: undefined }), "claim_missing"],
        [prove({}, { alg: "HS256" }, hs256(secret)), "algorithm"],
        [prove({}, { alg: "none" }, () => new Uint8Array(0)), "algorithm"],
        [prove({}, { jwk: jwkOf(client.privateKey) }), "key"],
        [prove({}, { jwk: { kty: "oct", k: base64url(secret) } }), "key"],
        [prove({}, { jwk: undefined }), "key"],
        [prove({}, { jwk: { ...jwk, y: jwk["x"] } }), "key"],
        [prove({}, { typ: "JWT" }), "typ"],
        [prove({}, { typ: undefined }), "typ"],
        [prove({}, {}, es(ec.privateKey)), "signature"],
        [prove({}, { crit: ["nope"] }), "malformed"],
        [token, "typ"],
        ["", "malformed"],
        ["a.b.c", "malformed"],
        [`${prove()}, ${prove()}`, "malformed"],
        [[prove(), prove({ jti: "p-9" })], "repeated"],
      ];
      for (const [proof, problem] of invalid)
        await refused("binding.proof_invalid", sent(proof), dpop, { problem });
      await refused("binding.proof_missing", sent(undefined), dpop, {
        binding: "dpop",
      });
      const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
      await refused(
        "binding.key_mismatch",
        sent(prove({}, { jwk: jwkOf(other.publicKey) }, es(other.privateKey))),
        dpop,
        { expected: jkt },
      );
      const unbound = compact(
        { alg: "ES256", kid: "k" },
        good(),
        es(ec.privateKey),
      );
      await refused(
        "binding.key_mismatch",
        sent(prove({ ath: sha256(unbound) }), { access: unbound }),
        dpop,
        { expected: "none" },
      );
      // A bound token is never taken as a bearer token.
      await refused(
        "binding.proof_missing",
        {
          request: {
            method: "POST",
            url: RESOURCE,
            headers: { authorization: `Bearer ${token}` },
          },
        },
        {},
        { binding: "dpop" },
      );
      await refused("binding.proof_missing", token, {}, { binding: "dpop" });
      const nonces: Partial<Policy> = { ...dpop, dpopNonces: ["n-2", "n-1"] };
      await refused("binding.nonce", sent(prove()), nonces, { found: false });
      await refused("binding.nonce", sent(prove({ nonce: "n-0" })), nonces, {
        found: true,
      });
      await accepted(sent(prove({ nonce: "n-1" })), nonces);
      const certificate = compact(
        { alg: "ES256", kid: "k" },
        { ...good(), cnf: { "x5t#S256": "AAAA" } },
        es(ec.privateKey),
      );
      await refused(
        "binding.proof_missing",
        certificate,
        {},
        { binding: "mtls" },
      );
      await refused(
        "binding.key_mismatch",
        { token: certificate, certificateThumbprint: "BBBB" },
        {},
        { binding: "mtls" },
      );
      await accepted({ token: certificate, certificateThumbprint: "AAAA" });
    },
  },
];
