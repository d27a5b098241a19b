/** Attack 51: what a stranger writes into a token must not act on the terminal, the page or the log that shows its diagnosis. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, render, safeJson } from "@assay/diagnosis";
import { exportKey, generateKey, sign } from "@assay/token";

const key = await generateKey("ES256", { kid: "good" });
const jwks = { keys: [exportKey(key, { secret: false })] };
const NOW = 1_800_000_000;
const now = new Date(NOW * 1000).toISOString();

const HOSTILE: readonly (readonly [string, string])[] = [
  ["CR LF", "a\r\nHTTP/1.1 200 OK\r\nSet-Cookie: a=b"],
  ["an escape sequence", "\u001b[2J\u001b[1;1HAccepted"],
  ["a C1 control", "\u009b2J\u0085"],
  ["HTML", "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"],
  ["a change of direction", "\u202edetpecca\u2066\u200f"],
  ["NUL and other controls", "\u0000\u0007\u0008\u007f"],
  ["separators of lines", "\u2028\u2029"],
  ["20,000 letters", "x".repeat(20_000)],
];

/** Controls other than the line break, marks of direction, separators of lines: whatever a terminal or a log takes for more than text. */
const ACTIVE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

describe("51: control characters in what the diagnosis prints", () => {
  for (const [name, text] of HOSTILE) {
    for (const place of [
      "kid",
      "iss",
      "sub",
      "aud",
      "scope",
      "typ",
      "name of a claim",
    ]) {
      it(`${name} in ${place}`, async () => {
        const good = {
          iss: "https://issuer.example",
          aud: "api",
          sub: "someone",
          exp: NOW + 60,
          scope: "read",
        };
        const inHeader = place === "kid" || place === "typ";
        const claims =
          place === "name of a claim"
            ? { ...good, iss: "other", [text]: text }
            : inHeader
              ? good
              : { ...good, [place]: text };
        const token = await sign(
          claims,
          key,
          inHeader ? { header: { [place]: text } } : {},
        );
        const inquiry = {
          token,
          now,
          policy: {
            issuer: "https://issuer.example",
            audience: "api",
            scopes: ["write"],
            claims: { sub: "somebody" },
            jwks,
          },
        };
        const diagnosis = await diagnose(inquiry);
        assert.notEqual(diagnosis.outcome, "accepted");
        for (const form of ["terminal", "text", "html"] as const) {
          const said = render(diagnosis, form, { now: NOW });
          assert.ok(
            !ACTIVE.test(said),
            `${form}: ${JSON.stringify(said.match(ACTIVE))}`,
          );
          assert.ok(!said.includes("\nSet-Cookie"), form);
          assert.ok(!said.includes("xxx".repeat(1000)), `${form} is not cut`);
          if (form === "html") assert.ok(!/<script|<img/i.test(said));
        }
        assert.ok(!ACTIVE.test(safeJson(diagnosis)));
        // What was found is still said, as far as it can be read.
        if (place === "iss" && name === "an escape sequence")
          assert.ok(render(diagnosis, "text").includes("[2J"));
      });
    }
  }
});
