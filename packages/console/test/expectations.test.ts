/** What the form says and what the token lets one guess, as the policy that is judged by. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, readInquiry } from "@assay/diagnosis";
import { exportKey, generateKey } from "@assay/token";
import { vectorsOf } from "../../diagnosis/test/vectors.ts";
import {
  demandedBy as demanded,
  NOTHING_EXPECTED,
  type Demanded,
  type Expectations,
} from "../src/inspector/expectations/expectations.ts";
import { ENGLISH_TEXTS } from "../src/language/english.ts";
import { suppositions } from "../src/inspector/expectations/guesses.ts";
import {
  readKeys as readFrom,
  type KeysRead,
} from "../src/inspector/expectations/read-keys.ts";
import type { Judged } from "../src/inspector/worker/question.ts";

const words = ENGLISH_TEXTS.expect;
const demandedBy = (form: Expectations): Demanded => demanded(form, words);
const readKeys = (
  keys: string,
  keysAre: Expectations["keysAre"] = "",
  secretEncoding: Expectations["secretEncoding"] = "utf8",
): KeysRead =>
  readFrom({ ...NOTHING_EXPECTED, keys, keysAre, secretEncoding }, words);

describe("the form", () => {
  it("asks for nothing where nothing is said", () => {
    const { policy, now, problems } = demandedBy(NOTHING_EXPECTED);
    assert.deepEqual([policy, now, problems], [{}, null, {}]);
  });

  it("takes words apart at blanks and commas", () => {
    const form = {
      ...NOTHING_EXPECTED,
      issuer: " https://a.example, https://b.example ",
      scopes: "read  write",
      algorithms: "RS256,ES256",
      kind: "id_token" as const,
      tolerance: "30",
      now: "2026-11-22T12:00:00",
    };
    const { policy, now } = demandedBy(form);
    assert.deepEqual(policy, {
      issuer: ["https://a.example", "https://b.example"],
      scopes: ["read", "write"],
      algorithms: ["RS256", "ES256"],
      kind: "id_token",
      clockTolerance: 30,
    });
    assert.equal(now, new Date(2026, 10, 22, 12).getTime());
  });

  it("reports a tolerance that is no number, and leaves it out", () => {
    for (const tolerance of ["a minute", "-1", "1e9", "Infinity"]) {
      const { policy, problems } = demandedBy({
        ...NOTHING_EXPECTED,
        tolerance,
      });
      assert.deepEqual(policy, {});
      assert.match(problems.tolerance ?? "", /number of seconds/);
    }
  });
});

describe("the keys field", () => {
  it("tells a set, a key, a PEM and a secret by their look", async () => {
    const jwk = exportKey(await generateKey("ES256"), { secret: false });
    const pem =
      "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    const set = { keys: [jwk] };
    const read = (text: string) => readKeys(text, "", "utf8").policy;
    assert.deepEqual(read(JSON.stringify(set)), { keys: set });
    assert.deepEqual(read(`\n ${JSON.stringify(jwk)}`), { keys: set });
    assert.deepEqual(read(pem), { publicKey: pem });
    const oneLine = pem.replaceAll("\n", "\\n");
    assert.deepEqual(read(oneLine), { publicKey: oneLine });
    for (const secret of ["hunter2", " c2VjcmV0 ", "not-a-key.at-all", "0"])
      assert.deepEqual(read(secret), { secret, secretEncoding: "utf8" });
    assert.deepEqual(read(""), {});
  });

  it("takes the key out of a certificate, and the API then accepts what that key signed", async () => {
    const vector = vectorsOf("field.jsonl").find(
      ({ id }) => id === "field-196",
    );
    const { publicKey = "", ...policy } = vector?.inquiry.policy ?? {};
    assert.match(publicKey, /^-----BEGIN CERTIFICATE-----/);
    const { are, words: told, policy: read } = readKeys(publicKey);
    assert.deepEqual([are, told], ["certificate", words.certificate]);
    const { outcome } = await diagnose(
      readInquiry({ ...vector?.inquiry, policy: { ...policy, ...read } }),
    );
    assert.equal(outcome, "accepted");
    // The API of this vector had the certificate where a public key was due.
    assert.deepEqual(readKeys(publicKey, "publicKey").policy, { publicKey });
  });

  it("refuses a certificate that cannot be read, and repeats nothing of it", () => {
    for (const [text, keysAre] of [
      [
        "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n",
        "",
      ],
      ["c2VjcmV0", "certificate"],
    ] as const) {
      const { policy, are, problem } = readKeys(text, keysAre);
      assert.deepEqual([policy, are], [{}, "certificate"]);
      assert.equal(problem, words.noCertificate);
    }
  });

  it("takes for what somebody says it is", () => {
    assert.deepEqual(readKeys("{}", "secret", "hex").policy, {
      secret: "{}",
      secretEncoding: "hex",
    });
    assert.deepEqual(readKeys("x", "publicKey", "utf8").policy, {
      publicKey: "x",
    });
  });

  it("names what was expected and found, and never repeats the text", () => {
    for (const text of ["{", "{}", '{"keys":1}', '{"keys":["secret"]}']) {
      const { policy, problem } = readKeys(text, "", "utf8");
      assert.deepEqual(policy, {});
      assert.match(problem ?? "", /^Expected a JWK Set/);
      assert.doesNotMatch(problem ?? "", /secret/);
    }
  });
});

describe("a guess", () => {
  const judged = (claims: object, given: Judged["given"] = {}): Judged =>
    ({
      diagnosis: {
        token: { header: { alg: "RS256" }, claims, trusted: false },
      },
      given,
    }) as Judged;

  it("comes from the token, and never stands where an inquiry says it", () => {
    const claims = { iss: "https://a.example", aud: ["x", "y"], nonce: "n" };
    assert.deepEqual(suppositions(judged(claims)), {
      issuer: { value: "https://a.example", from: "token" },
      audience: { value: "x y", from: "token" },
      kind: { value: "id_token", from: "token" },
    });
    const given = { issuer: "https://b.example", secret: "s" };
    assert.deepEqual(suppositions(judged(claims, given)).issuer, {
      value: "https://b.example",
      from: "inquiry",
    });
    assert.equal(suppositions(judged(claims, given)).keys?.value, "secret");
  });

  it("is not made of what is no text", () => {
    for (const iss of [1, null, {}, "", ["a", 1]])
      assert.deepEqual(suppositions(judged({ iss })), {});
  });
});
