/** DPoP proofs (RFC 9449 section 4.3), for guard and issuer alike. What was seen before, and which nonces are good, is for them to keep. */
import { platform } from "#crypto";
import { chain } from "./crypto/chain.ts";
import type { Jwk, MaybePromise } from "./crypto/platform.ts";
import { splitSegments } from "./formats/compact.ts";
import { checkHeader } from "./formats/header.ts";
import { readObject } from "./formats/jws.ts";
import { handleFor } from "./keys/key-material.ts";
import type { Key } from "./keys/key.ts";
import { readJwk } from "./keys/read-jwk.ts";
import { unfit } from "./keys/select-key.ts";
import { thumbprint } from "./keys/thumbprint.ts";
import type { ProofProblem } from "./reasons.ts";
import {
  ALGORITHMS,
  isAlgorithm,
  isSymmetric,
  type Algorithm,
  type AlgorithmName,
} from "./signing/algorithms.ts";
import { finding, type Finding } from "./verdict.ts";

/** Remembers which proofs were used: by key and jti, never by the proof's text, which can be varied (RFC 9449 section 11.1). */
export interface ReplayStore {
  /** Notes the proof until `until` (seconds since the epoch). False when it was there already. One atomic operation. */
  remember(jkt: string, jti: string, until: number): MaybePromise<boolean>;
}

export interface ProofExpectations {
  readonly method: string;
  /** The URL of the request; query and fragment do not count. */
  readonly url: string;
  /** The access token that is sent with the proof; null at the token endpoint. */
  readonly accessToken: string | null;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Greatest age in seconds; iat may lie this far in the past. */
  readonly maxAge: number;
  /** Seconds by which iat may lie ahead. */
  readonly tolerance: number;
  /** Nonces that are good; undefined: none was demanded. */
  readonly nonces?: readonly string[] | undefined;
}

export interface Proof {
  /** What is wrong with it, worst first; empty when it is good. */
  readonly findings: readonly Finding[];
  /** The thumbprint of the proof's key (RFC 7638), once the key could be read. */
  readonly jkt: string | null;
  readonly jti: string | null;
  readonly iat: number | null;
}

/** Proofs longer than this, in characters, are not looked at. */
const MAX_PROOF = 8192;
/** A key that a client brings may not cost more than this, in bits (RSA). */
const MAX_CLIENT_RSA = 4096;

const invalid = (
  problem: ProofProblem,
  detail: string | null = null,
): Finding => finding("binding.proof_invalid", { problem, detail });
const broken = (
  problem: ProofProblem,
  detail: string | null = null,
): Proof => ({
  findings: [invalid(problem, detail)],
  jkt: null,
  jti: null,
  iat: null,
});

const seen = (value: unknown): string | null =>
  typeof value === "string" ? value.slice(0, 64) : null;

/** Checks a proof against the request that it came with. It does not promise that the proof is new: see `ReplayStore`. */
export function checkProof(
  proof: string,
  expected: ProofExpectations,
): MaybePromise<Proof> {
  if (proof.length > MAX_PROOF)
    return broken("malformed", `longer than ${MAX_PROOF} characters`);
  const [head = "", body = "", tail = ""] = proof.split(".", 4);
  const signature =
    splitSegments(proof) === 3 ? platform.decodeBase64url(tail) : null;
  const header = readObject(head, "header");
  const claims = readObject(body, "payload");
  if (
    !signature ||
    "finding" in header ||
    "finding" in claims ||
    checkHeader(header.value)
  )
    return broken("malformed");
  const { typ, alg, jwk } = header.value;
  if (
    typeof typ !== "string" ||
    typ.toLowerCase().replace(/^application\//, "") !== "dpop+jwt"
  )
    return broken("typ", seen(typ));
  if (typeof alg !== "string" || !isAlgorithm(alg) || isSymmetric(alg))
    return broken("algorithm", seen(alg));
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk))
    return broken("key", "the header has no jwk");
  const key = readJwk(jwk as Jwk);
  if (key.isPrivate || key.kty === "oct")
    return broken("key", "jwk holds a private or secret key");
  const why =
    unfit(key, alg, ALGORITHMS.get(alg) as Algorithm) ??
    (key.kty === "RSA" && key.bits > MAX_CLIENT_RSA ? "too_large" : null);
  if (why) return broken("key", why);
  const input = `${head}.${body}`;
  return chain(verifyWith(key, alg, input, signature), (good) =>
    good === true
      ? checkClaims(key, claims.value, expected)
      : broken(good === false ? "signature" : "algorithm", good || null),
  );
}

function verifyWith(
  key: Key,
  alg: AlgorithmName,
  input: string,
  signature: Uint8Array,
): MaybePromise<boolean | string> {
  const unsupported = `${alg} cannot be computed here`;
  try {
    const handle = handleFor(key, alg, "verify");
    const verified = chain(handle, (ready) =>
      platform.verify(alg, ready, input, signature),
    );
    return verified instanceof Promise
      ? verified.catch(() => unsupported)
      : verified;
  } catch {
    return unsupported;
  }
}

function checkClaims(
  key: Key,
  claims: Readonly<Record<string, unknown>>,
  expected: ProofExpectations,
): MaybePromise<Proof> {
  const { jti, htm, htu, iat, nonce, ath } = claims;
  const { accessToken, now } = expected;
  const findings: Finding[] = [];
  for (const [name, value] of Object.entries({ jti, htm, htu })) {
    if (value === undefined) findings.push(invalid("claim_missing", name));
    else if (typeof value !== "string")
      findings.push(invalid("claim_type", name));
  }
  if (iat === undefined) findings.push(invalid("claim_missing", "iat"));
  else if (typeof iat !== "number" || !Number.isFinite(iat))
    findings.push(invalid("claim_type", "iat"));
  else if (now - iat > expected.maxAge)
    findings.push(invalid("too_old", `${Math.floor(now - iat)} s old`));
  else if (iat - now > expected.tolerance)
    findings.push(invalid("in_future", `${Math.ceil(iat - now)} s ahead`));
  if (typeof htm === "string" && htm !== expected.method)
    findings.push(
      finding("binding.request_mismatch", {
        member: "htm",
        expected: expected.method,
        found: htm.slice(0, 32),
      }),
    );
  if (typeof htu === "string" && comparable(htu) !== comparable(expected.url)) {
    findings.push(
      finding("binding.request_mismatch", {
        member: "htu",
        expected: withoutQuery(expected.url),
        found: withoutQuery(htu).slice(0, 512),
      }),
    );
  }
  if (
    expected.nonces &&
    !(typeof nonce === "string" && expected.nonces.includes(nonce))
  )
    findings.push(finding("binding.nonce", { found: nonce !== undefined }));
  if (accessToken !== null && ath === undefined)
    findings.push(invalid("claim_missing", "ath"));
  const hash =
    accessToken === null ? null : platform.digest("sha256", accessToken);
  return chain(hash, (bytes) => {
    const due = bytes && platform.encodeBase64url(bytes);
    if (due && ath !== undefined && ath !== due)
      findings.push(
        finding("binding.request_mismatch", {
          member: "ath",
          expected: due,
          found: seen(ath) ?? typeof ath,
        }),
      );
    return chain(thumbprint(key), (jkt): Proof => ({
      findings,
      jkt,
      jti: typeof jti === "string" ? jti : null,
      iat: typeof iat === "number" ? iat : null,
    }));
  });
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, "");

/** Scheme and host without case, default port equal to none, path as it is (RFC 9449 section 4.3, RFC 3986 section 6.2). */
function comparable(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
