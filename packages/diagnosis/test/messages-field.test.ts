/**
 * The messages of the field notes, each as an answer alone: how many lead to a reason or a cause. They are published beside the
 * repository and not in it: the variable ASSAY_FIELD_NOTES, default ../shared/field-notes.jsonl. In CI they must be there.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { diagnose, readInquiry, type Diagnosis } from "@assay/diagnosis";
import { readStatement } from "../src/testimony-answer.ts";

const file =
  process.env["ASSAY_FIELD_NOTES"] ??
  fileURLToPath(
    new URL("../../../../shared/field-notes.jsonl", import.meta.url),
  );

// As with published vectors: left out on a machine of one's own, never in CI.
const there = existsSync(file);
if (!there) {
  const text = `field notes left out: no file ${file}; name it by ASSAY_FIELD_NOTES`;
  if (process.env["CI"] === "true") throw new Error(text);
  console.error(text);
}

/** What a person has described, in place of what a program said: no server ever sends these words. */
const DESCRIBED = [
  /^\[symptom\]|^\(/,
  /^(?:\d{3}: )?(?:HTTP |status )?\d{3}(?: \w+)?$/,
  /^\d{3} (?:Bad Request|Not Found)$/,
  /^(?:HTTP |status )?\d{3}s?\b[^:{"]{0,40}[ ,;](?:on|from|after|for|when|with|to|sometimes|empty body|header is)\b/,
  /\b(?:never expires|still (?:valid|connected)|occasional|random|after (?:upgrade|restart|second refresh)|isn't|not honoured|no effect|not working|ignored|on devel|not (?:sent|generated)|for about|always (?:fails|expired)|date far in the future|considered|lookups are|on reconnect|audience: undefined|basic-auth prompt|silently)\b/,
  /^(?:token revoked error|exception on|deep link response|client assertion refused|upstream rejects|rejected as|JWT realm rejects|Unauthorized for external|JSON\.parse error on token|ID token validation fails|\$token->)/,
];
/** What is about no token: forms and cookies, SAML and WS-Security, passwords; and AWS, whose answers come with more than words. */
const OTHERWISE =
  /csrf|crumb|nonce is invalid|authenticity|trusted origins|forgery protection|state (?:mismatch|cookie)|reset link|DATE_CONDITION|WSE\d|TimeStamp :|could not be authenticated or authorized|INVALID_LOGIN|LOGIN_(?:MUST|FAILED)|WithSAML|aws|security token included|AccessKeyId|sts:|SignatureDoesNotMatch|request signature|RequestExpired|RequestTimeTooSkewed|ExpiredToken|AuthorizationHeaderMalformed|PAM auth|Session token not found|Missing Authentication Token|sign request without/i;

/** Below these shares of the messages about tokens something was lost. */
const LEAST = { led: 0.85, heard: 0.93 };

describe("the messages of the field notes, alone", () => {
  if (!there) return;
  const texts = readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { error_text: string }).error_text);
  const answered = new Map<string, Promise<Diagnosis>>();
  const answer = (text: string): Promise<Diagnosis> => {
    const known =
      answered.get(text) ??
      diagnose(
        readInquiry({
          response: { status: statusOf(text), body: text },
          now: "2026-05-12T10:00:00Z",
        }),
      );
    answered.set(text, known);
    return known;
  };
  /** "led": to a reason, or at an OAuth endpoint to causes; "open": to ranked candidates, and what would decide. */
  const heard = async (text: string): Promise<"led" | "open" | null> => {
    const statement = readStatement(
      { status: statusOf(text), body: text },
      { alone: true },
    );
    const { reason, outcome } = await answer(text);
    if (statement && reason !== null && !statement.message?.open) return "led";
    // Where nothing is heard, all that can be said is that no token is there to see.
    if (reason !== "request.token_missing" && outcome === "rejected")
      return "led";
    return statement?.message?.open ? "open" : null;
  };

  it("lead to a reason or causes in the share that is kept here", async (t) => {
    const about = texts.filter(
      (text) =>
        !DESCRIBED.some((pattern) => pattern.test(text)) &&
        !OTHERWISE.test(text),
    );
    const found = await Promise.all(about.map(heard));
    const count = (wanted: string): number =>
      found.filter((each) => each === wanted).length;
    const [led, open] = [count("led"), count("open")];
    const percent = (n: number): string =>
      `${((100 * n) / about.length).toFixed(1)} %`;
    t.diagnostic(
      `${texts.length} notes, ${about.length} of them quote a message about a token: led ${led} (${percent(led)}), only candidates ${open} (${percent(open)})`,
    );
    assert.ok(led / about.length >= LEAST.led, `led: ${percent(led)}`);
    assert.ok((led + open) / about.length >= LEAST.heard, "led or candidates");
  });

  it("are answered, with causes where anything is heard, and never certain", async () => {
    for (const text of texts) {
      const diagnosis = await answer(text);
      assert.notEqual(diagnosis.outcome, "accepted", text);
      if ((await heard(text)) === null) continue;
      assert.ok(diagnosis.causes.length > 0, text);
      for (const { cause, confidence } of diagnosis.causes)
        if (!/^(?:oauth|aws)\./.test(cause))
          assert.notEqual(confidence, "certain", `${cause}: ${text}`);
    }
  });
});

const statusOf = (text: string): number =>
  Number(/\b([45]\d\d)\b/.exec(text)?.[1] ?? 401);
