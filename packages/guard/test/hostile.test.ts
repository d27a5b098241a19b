/** Whatever comes to the door: it is refused, in words that hold nothing of it, and nothing throws. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createGuard } from "@assay/guard";
import { createTestIssuer } from "@assay/guard/testing";

const issuer = await createTestIssuer();
const good = await issuer.mint();
const guard = createGuard({
  ...issuer.options,
  dpop: true,
  publicUrl: "https://api.test",
  proxies: ["192.0.2.1"],
  certificate: {},
  tokenPlaces: ["header", { cookie: "t" }, { query: "t" }],
});

/** Pieces of which requests are made, good ones too. */
const piece = fc.oneof(
  fc.constantFrom(
    "Bearer",
    "DPoP",
    "bearer",
    "Basic",
    " ",
    "  ",
    "\t",
    ",",
    ".",
    "..",
    '"',
    "=",
    ";",
    "t=",
    "&",
    "?",
    "eyJ",
    "e30",
    "null",
    "%00",
    "\u00ff",
  ),
  fc.constantFrom(...good.split(".")),
  fc.string({ maxLength: 8 }),
);
const text = fc
  .array(piece, { maxLength: 8 })
  .map((pieces) => pieces.join("").replace(/[^\t\x20-\xff]/g, "?"));

test("any headers and any path", async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      text,
      text,
      text,
      async (authorization, dpop, cookie, path) => {
        fc.pre(
          !authorization.includes(good) &&
            !cookie.includes(good) &&
            !path.includes(good),
        );
        const values: Readonly<Record<string, string>> = {
          authorization,
          dpop,
          cookie,
          "client-cert": cookie,
          "x-forwarded-for": dpop,
        };
        const judged = await guard.judge({
          method: "GET",
          target: `/${path}`,
          remote: "192.0.2.1",
          values: (name) => values[name],
        });
        assert.equal(judged.outcome, "refused");
        const { status, headers, body } = judged.answer;
        assert.ok(status === 400 || status === 401, String(status));
        for (const [name, value] of headers) {
          assert.match(value, /^[\x20-\x7e]*$/, name);
          if (name === "www-authenticate")
            assert.match(
              value,
              /^(?:Bearer|DPoP)(?: \w+="[^"\\]*"(?:, \w+="[^"\\]*")*)?$/,
            );
        }
        const { handle } = JSON.parse(body) as { handle: string };
        assert.match(handle, /^[\w-]{22}$/);
      },
    ),
    { numRuns: 2000 },
  );
});
