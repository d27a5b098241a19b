/** What each step expected and found: in both languages, of every step, whatever became of it, and without a secret. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { InquiryPolicy } from "@assay/diagnosis";
import { generateKey, sign, STEPS, type Step } from "@assay/token";
import { vectorFiles, vectorsOf } from "../../diagnosis/test/vectors.ts";
import { bothSides, type Sides } from "../src/inspector/answer/both-sides.ts";
import { judgeText } from "./as-the-worker.ts";
import type { Judged } from "../src/inspector/worker/question.ts";
import { ENGLISH_TEXTS, type Texts } from "../src/language/english.ts";
import { GERMAN_TEXTS } from "../src/language/german.ts";

const LANGUAGES: readonly Texts[] = [ENGLISH_TEXTS, GERMAN_TEXTS];
const NOW = Date.parse("2026-11-22T12:00:00Z");
const SECRET = "correct horse battery staple, thirty-two bytes";

const ask = (text: string, policy: InquiryPolicy = {}): Promise<Judged> =>
  judgeText({ text, policy, now: NOW });

const every = (judged: Judged): Readonly<Record<Step, Sides>> =>
  Object.fromEntries(
    STEPS.map((step) => [step, bothSides(step, judged, ENGLISH_TEXTS)]),
  ) as Record<Step, Sides>;

const said = ({ expected, found }: Sides): string => `${expected} | ${found}`;

describe("the two sides of a step", () => {
  let token: string;
  before(async () => {
    token = await sign(
      {
        iss: "https://issuer.example.com",
        aud: ["https://api.example.com", "other"],
        iat: NOW / 1000 - 60,
        exp: NOW / 1000 + 600,
        scope: "orders:read",
        jti: "t-1",
        cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" },
      },
      await generateKey("HS256"),
      { header: { typ: "at+jwt" } },
    );
  });

  it("are told when everything is known", async () => {
    const request = {
      method: "GET",
      url: "https://api.example.com/",
      headers: { Authorization: `DPoP ${token}`, DPoP: "x" },
    };
    const sides = every(
      await ask(JSON.stringify({ request }), {
        scheme: "DPoP",
        binding: "dpop",
        issuer: "https://issuer.example.com",
        audience: ["https://api.example.com", "b"],
        scopes: ["orders:read", "orders:write"],
        algorithms: ["HS256"],
        secret: SECRET,
      }),
    );
    const words = ENGLISH_TEXTS.answer.sides;
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(sides).map(([step, one]) => [step, said(one)]),
      ),
      {
        request: `${words.oneToken("DPoP")} | ${words.headers("authorization, dpop")}`,
        format: `${words.form("an access token")} | typ "at+jwt", alg "HS256"`,
        signature: `${words.aSecret}, HS256 | ${words.signedWith("HS256", null)}`,
        expiration: `${words.within("2026-11-22T12:00:00.000Z")} | iat 1795348740, exp 1795349400`,
        issuer: 'https://issuer.example.com | "https://issuer.example.com"',
        audience:
          'https://api.example.com, b | ["https://api.example.com","other"]',
        binding: `${words.proof.dpop} | ${words.boundTo("jkt")}, ${words.proof.dpop}`,
        scope: 'orders:read, orders:write | "orders:read"',
        revocation: `${words.history} | ${words.named("t-1")}`,
      },
    );
  });

  it("are told when nothing is known", async () => {
    const sides = every(await ask("rubbish"));
    const words = ENGLISH_TEXTS.answer.sides;
    assert.deepEqual(
      STEPS.map((step) => said(sides[step])),
      [
        `${words.oneToken("Bearer")} | ${words.noRequest}`,
        `${words.form("an access token")} | ${words.noToken}`,
        `${words.noKeys} | ${words.unsigned}`,
        `${words.within("2026-11-22T12:00:00.000Z")} | ${words.noTimes}`,
        `${words.notAsked} | ${words.none}`,
        `${words.notAsked} | ${words.none}`,
        `none | ${words.notBound}`,
        `${words.notAsked} | ${words.none}`,
        `${words.history} | ${words.noName}`,
      ],
    );
  });

  it("show what a stranger wrote as data", async () => {
    const claims = {
      iss: "\u202e<b>\u0007",
      jti: "a\u200bb",
      scope: { "\u0000": 1 },
    };
    const part = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString("base64url");
    const header = { alg: "\u001b[31m", kid: 1 };
    const sides = every(await ask(`${part(header)}.${part(claims)}.c2ln`));
    for (const one of Object.values(sides))
      assert.doesNotMatch(said(one), /[\p{Cc}\p{Cf}]/u);
    assert.match(sides.issuer.found, /<b>/);
  });

  it("are told of every vector, in both languages, and hold neither a whole token nor a secret", async () => {
    const steps = new Set<string>();
    for (const { id, inquiry } of vectorFiles.flatMap(vectorsOf)) {
      const judged = await judgeText({
        text: JSON.stringify(inquiry),
        policy: {},
        now: null,
      });
      const { policy, context, token: sent } = inquiry;
      const secrets = [
        sent,
        policy?.secret,
        context?.clientToken,
        context?.client?.secret,
        ...Object.values(inquiry.request?.headers ?? {}).flat(),
      ].filter((text) => (text?.length ?? 0) > 20) as string[];
      for (const texts of LANGUAGES)
        for (const { step, outcome } of judged.diagnosis.steps) {
          steps.add(`${step} ${outcome}`);
          const told = said(bothSides(step, judged, texts));
          assert.match(told, /^\S.* \| \S/, `${id} ${step}`);
          assert.doesNotMatch(
            told,
            /(?:^|[ ,])(?:undefined|NaN)|\[object/,
            `${id} ${step}`,
          );
          assert.doesNotMatch(
            told,
            /eyJ[\w-]+\.[\w-]+\.[\w-]/,
            `${id} ${step}`,
          );
          for (const secret of secrets)
            assert.ok(!told.includes(secret), `${id} ${step}`);
        }
    }
    for (const step of STEPS)
      for (const outcome of ["passed", "failed"])
        assert.ok(steps.has(`${step} ${outcome}`), `${step} ${outcome}`);
  });
});
