/** Proofs that are right but for one thing (RFC 9449 sections 4.3 and 11), for a request to `/orders` of the API at PUBLIC. */
import { exportKey, importSecret, sign, type Key } from "@assay/token";
import type { ProofOptions, TestIssuer } from "@assay/guard/testing";

export const PUBLIC = "https://api.test/v1";

/** What is no difference: what, the proof, and the path that is asked for. */
export const EQUAL_PROOFS: readonly [string, Partial<ProofOptions>, string?][] =
  [
    ["the host in capitals", { url: "https://API.test/v1/orders" }],
    ["the default port", { url: "https://api.test:443/v1/orders" }],
    [
      "a query",
      { url: `${PUBLIC}/orders`, claims: { htu: `${PUBLIC}/orders?page=2` } },
    ],
    ["a fragment", { claims: { htu: `${PUBLIC}/orders#top` } }],
    ["a query of the request", {}, "/orders?page=2"],
    [
      "a clock that runs ahead a little",
      { claims: { iat: Math.floor(Date.now() / 1000) + 20 } },
    ],
  ];

const now = Math.floor(Date.now() / 1000);

/** What is one: what, the proof, and the reason. */
export const WRONG_PROOFS: readonly [string, Partial<ProofOptions>, string][] =
  [
    ["another method", { method: "POST" }, "binding.request_mismatch"],
    [
      "the method in small letters",
      { method: "get" },
      "binding.request_mismatch",
    ],
    [
      "another host",
      { url: "https://evil.test/v1/orders" },
      "binding.request_mismatch",
    ],
    [
      "another port",
      { url: "https://api.test:8443/v1/orders" },
      "binding.request_mismatch",
    ],
    ["another path", { url: `${PUBLIC}/admin` }, "binding.request_mismatch"],
    [
      "the path in capitals",
      { url: `${PUBLIC}/Orders` },
      "binding.request_mismatch",
    ],
    [
      "the path without its base",
      { url: "https://api.test/orders" },
      "binding.request_mismatch",
    ],
    ["http", { url: "http://api.test/v1/orders" }, "binding.request_mismatch"],
    ["an old proof", { claims: { iat: now - 400 } }, "binding.proof_invalid"],
    [
      "a proof of the future",
      { claims: { iat: now + 120 } },
      "binding.proof_invalid",
    ],
    ["no iat", { claims: { iat: undefined } }, "binding.proof_invalid"],
    ["no jti", { claims: { jti: undefined } }, "binding.proof_invalid"],
    ["no ath", { claims: { ath: undefined } }, "binding.proof_invalid"],
    ["no htu", { claims: { htu: undefined } }, "binding.proof_invalid"],
    ["ath of another token", { token: "another" }, "binding.request_mismatch"],
    ["typ JWT", { header: { typ: "JWT" } }, "binding.proof_invalid"],
    ["no jwk", { header: { jwk: undefined } }, "binding.proof_invalid"],
  ];

/** A private key in the header, HMAC, no algorithm, and a text. */
export async function forgedProofs(
  issuer: TestIssuer,
  key: Key,
  token: string,
): Promise<readonly string[]> {
  const proof = { method: "GET", url: `${PUBLIC}/orders`, token };
  const jwk = exportKey(key, { secret: true });
  const secret = importSecret("a secret of more than thirty-two bytes", {
    alg: "HS256",
  });
  const claims = { jti: "1", htm: "GET", htu: proof.url, iat: now };
  const [header = "", payload = ""] = (await issuer.prove(key, proof)).split(
    ".",
  );
  const none = JSON.parse(
    Buffer.from(header, "base64url").toString(),
  ) as object;
  return [
    await issuer.prove(key, { ...proof, header: { jwk } }),
    await sign(claims, secret, {
      header: { typ: "dpop+jwt", jwk: exportKey(secret, { secret: true }) },
    }),
    `${Buffer.from(JSON.stringify({ ...none, alg: "none" })).toString("base64url")}.${payload}.`,
    "proof",
  ];
}
