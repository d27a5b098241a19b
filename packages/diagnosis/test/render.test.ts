/** The answer as people see it: order, width, shapes, and safety of each form. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  CAUSE_CODES,
  render,
  report,
  timeline,
  type Cause,
  type CauseCode,
  type Diagnosis,
} from "@assay/diagnosis";
import { STEPS, type Finding, type Reason } from "@assay/token";
import fc from "fast-check";
import { lexer, walkTokens, type Token } from "marked";
import { EVIDENCE, FACTS } from "./samples.ts";

const NOW = Date.parse("2026-11-22T13:00:11Z") / 1000;
const exp = NOW - 11_520;
const claims = { iss: "https://a.example", iat: exp - 3600, exp };

const REFUSED: Diagnosis = {
  contract: 1,
  outcome: "rejected",
  reason: "signature.mismatch",
  steps: [
    { step: "request", outcome: "skipped", because: "no request is known" },
    { step: "format", outcome: "passed" },
    {
      step: "signature",
      outcome: "failed",
      findings: [
        {
          reason: "signature.mismatch",
          evidence: { alg: "HS256", kid: null, key: null },
        },
      ],
    },
    {
      step: "expiration",
      outcome: "failed",
      findings: [
        {
          reason: "expiration.expired",
          evidence: { exp, now: NOW, toleranceSeconds: 0, bySeconds: 11_520 },
        },
      ],
    },
    {
      step: "issuer",
      outcome: "failed",
      findings: [
        {
          reason: "issuer.mismatch",
          evidence: {
            expected: ["https://b.example"],
            found: "<script>\u001b[2J",
          },
        },
      ],
    },
    {
      step: "audience",
      outcome: "skipped",
      because: "the policy names no audience",
    },
    { step: "binding", outcome: "skipped", needs: "signature" },
    { step: "scope", outcome: "skipped", because: "the policy names no scope" },
    {
      step: "revocation",
      outcome: "undecided",
      findings: [
        {
          reason: "revocation.unavailable",
          evidence: {
            source: "https://a.example/status",
            problem: "status 503",
          },
        },
      ],
    },
  ],
  causes: [
    {
      cause: "key.secret_encoding",
      confidence: "certain",
      actor: "operator",
      facts: { configured: "utf8", decodedFrom: "base64" },
      evidence: [
        "the signature verifies when the secret is decoded from base64 first",
      ],
      fix: "Decode the secret from base64 before you hand it to the verifier.",
    },
    {
      cause: "time.expired",
      confidence: "likely",
      actor: "client",
      facts: { exp, bySeconds: 11_520, lifetimeSeconds: 3600 },
      evidence: ["x"],
      fix: "y",
    },
  ],
  token: { header: { alg: "HS256" }, claims, trusted: false },
  needs: ["the issuer's earlier keys would tell whether the key was rotated"],
};

const TERMINAL = `\
Refused: the signature does not match.                        signature.mismatch

request format signature expiration issuer audience binding scope revocation
   –      ✓        ✗         ✗        ✗       –        ·      –       ?

✗ signature     the signature does not come out with the verifier's key (HS256)
✗ expiration    expired 3 hours 12 minutes ago (09:48:11 UTC)
                                                              expiration.expired
✗ issuer        expected “https://b.example”, found “<script>\\u{1b}[2J”
                                                                 issuer.mismatch
? revocation    “https://a.example/status”: status 503    revocation.unavailable

Cause, shown    Issuer and verifier read the shared secret in different ways.
                                                             key.secret_encoding
Who             whoever runs and configures these systems
Do              Decode the secret from base64 before you hand it to the
                verifier.
Evidence        the signature verifies when the secret is decoded from base64
                first

Also likely     The token reached the end of its life, and nobody renewed it.
                                                                    time.expired

To know more    the issuer's earlier keys would tell whether the key was rotated

Time            issued 4 hours 12 minutes ago (iat 08:48:11 UTC)
                expired 3 hours 12 minutes ago (exp 09:48:11 UTC)
                now 2026-11-22 13:00:11 UTC
`;

describe("render for the terminal", () => {
  it("says verdict, strip, findings, cause, who, do, evidence, others, needs, time", () => {
    assert.equal(render(REFUSED, "terminal", { now: NOW }), TERMINAL);
  });

  it("colours the verdict and fills the first failed cell, and says the same without", () => {
    const coloured = render(REFUSED, "terminal", { now: NOW, colour: true });
    assert.ok(coloured.startsWith("\u001b[1;31mRefused\u001b[0m: "));
    assert.equal(coloured.match(/\u001b\[7;31m ✗ \u001b\[0m/g)?.length, 1);
    assert.equal(
      coloured.replaceAll(/\u001b\[[\d;]*m/g, ""),
      render(REFUSED, "terminal", { now: NOW }),
    );
  });

  it("keeps to the width, and turns the strip into a list where it does not fit", () => {
    for (const width of [40, 60, 76, 80, 100]) {
      const lines = render(REFUSED, "terminal", { now: NOW, width }).split(
        "\n",
      );
      for (const line of lines)
        assert.ok(
          line.length <= width || !line.slice(16).trim().includes(" "),
          line,
        );
      assert.equal(
        lines.some((line) => line.includes("– request ✓ format")),
        width < 76,
      );
    }
  });
});

describe("render as plain text", () => {
  it("wraps nothing, and has the strip in one line", () => {
    const text = render(REFUSED, "text", { now: NOW });
    assert.ok(
      text.includes(
        "\n– request ✓ format ✗ signature ✗ expiration ✗ issuer – audience · binding – scope ? revocation\n",
      ),
    );
    assert.ok(
      text.startsWith(
        "Refused: the signature does not match. [signature.mismatch]\n",
      ),
    );
  });
});

describe("render as HTML", () => {
  it("escapes all text, and links codes where it is told how", () => {
    const html = render(REFUSED, "html", {
      now: NOW,
      link: (code) => `/codes/${code}?a="b"`,
    });
    assert.ok(!html.includes("<script>"));
    assert.ok(html.includes("&lt;script&gt;\\u{1b}[2J"));
    assert.ok(
      html.includes(
        '<a href="/codes/key.secret_encoding?a=&quot;b&quot;"><code>key.secret_encoding</code></a>',
      ),
    );
    assert.equal(html.match(/aria-current="step"/g)?.length, 1);
    assert.ok(!render(REFUSED, "html").includes("<a "));
  });
});

const MARKDOWN = `\
### Refused: the signature does not match. \`signature.mismatch\`

| request | format | signature | expiration | issuer | audience | binding | scope | revocation |
| :-: | :-: | :-: | :-: | :-: | :-: | :-: | :-: | :-: |
| – | ✓ | **✗** | ✗ | ✗ | – | · | – | ? |

- ✗ **signature** the signature does not come out with the verifier's key \\(HS256\\) \`signature.mismatch\`
- ✗ **expiration** expired 3 hours 12 minutes ago \\(09:48:11 UTC\\) \`expiration.expired\`
- ✗ **issuer** expected “https\\://b.example”, found “\\<script\\>\\\\u\\{1b\\}\\[2J” \`issuer.mismatch\`
- ? **revocation** “https\\://a.example/status”: status 503 \`revocation.unavailable\`

- **Cause, shown:** Issuer and verifier read the shared secret in different ways. \`key.secret_encoding\`
- **Who:** whoever runs and configures these systems
- **Do:** Decode the secret from base64 before you hand it to the verifier.
- **Evidence:** the signature verifies when the secret is decoded from base64 first

- **Also likely:** The token reached the end of its life, and nobody renewed it. \`time.expired\`

- **To know more:** the issuer's earlier keys would tell whether the key was rotated

- **Time:** issued 4 hours 12 minutes ago \\(iat 08:48:11 UTC\\)
- **Time:** expired 3 hours 12 minutes ago \\(exp 09:48:11 UTC\\)
- **Time:** now 2026-11-22 13:00:11 UTC
`;

describe("render as Markdown", () => {
  const link = (code: string): string => `https://assay.example/${code}`;
  const tokensOf = (markdown: string): readonly Token[] => {
    const tokens: Token[] = [];
    void walkTokens(lexer(markdown), (token) => {
      tokens.push(token);
    });
    return tokens;
  };
  const linksOf = (markdown: string): readonly string[] =>
    tokensOf(markdown).flatMap((token) =>
      token.type === "link" ? [String(token.href)] : [],
    );

  it("says verdict, strip, findings, cause, who, do, evidence, others, needs, time", () => {
    assert.equal(render(REFUSED, "markdown", { now: NOW }), MARKDOWN);
  });

  it("links codes where it is told how, and says the same without", () => {
    const linked = render(REFUSED, "markdown", { now: NOW, link });
    assert.deepEqual(
      linksOf(linked).map((href) => href.slice(link("").length)),
      [
        "signature.mismatch",
        "signature.mismatch",
        "expiration.expired",
        "issuer.mismatch",
        "revocation.unavailable",
        "key.secret_encoding",
        "time.expired",
      ],
    );
    assert.equal(linked.replace(/\[(`[\w.]+`)\]\([^)]+\)/g, "$1"), MARKDOWN);
    assert.deepEqual(linksOf(MARKDOWN), []);
  });

  it("lets no text of a stranger become a link, an image, markup, a cell or a mention", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ..."[a](https://evil.example) ![a](//evil.example/i.png) <img/src=x> <https://evil.example> https://evil.example www.evil.example WWW.evil.example ftp://evil.example alice@evil.example @octocat `@octocat #12 evil/evil#12 | || --- ** _ ~~ ` ``` \\ \\[ & &lt; &#64; $x$ < > # - ]: http://".split(
          " ",
        ),
        " ",
        "\n",
        "\n\n",
        "\n| a | b |\n|---|---|\n",
        "\n\n[a]: https://evil.example\n",
      ),
      fc.string({ maxLength: 4 }),
    );
    const hostile = fc
      .array(piece, { minLength: 1, maxLength: 8 })
      .map((pieces) => pieces.join(""));
    const told = (text: string, cause: CauseCode, reason: Reason): string =>
      render(spoiled(text, cause, reason), "markdown", { now: NOW, link });
    /** As it is read, once the escapes are gone. */
    const plain = (markdown: string): string =>
      tokensOf(markdown)
        .filter(
          (token) =>
            /^(text|escape)$/.test(token.type) &&
            !("tokens" in token && token.tokens),
        )
        .map((token) => (token as { text: string }).text)
        .join("")
        .replaceAll("&#8203;", "\u200b");
    const shape = (markdown: string): readonly string[] =>
      tokensOf(markdown)
        .map(({ type }) => type)
        .filter((type) => type !== "text" && type !== "escape");
    fc.assert(
      fc.property(
        hostile,
        fc.constantFrom(...CAUSE_CODES),
        fc.constantFrom(...(Object.keys(EVIDENCE) as Reason[])),
        (text, cause, reason) => {
          const markdown = told(text, cause, reason);
          for (const href of linksOf(markdown))
            assert.ok(href.startsWith(link("")), href);
          // What is said may change with the text, how it is set does not.
          assert.deepEqual(
            shape(markdown),
            shape(told("words", cause, reason)),
            markdown,
          );
          for (const line of markdown.split("\n"))
            assert.doesNotMatch(plain(line), /(^|[^\w])@\w|#\d/, line);
        },
      ),
      { numRuns: Number(process.env["ASSAY_FUZZ_RUNS"] ?? 300) },
    );
  });
});

/** A refusal with one stranger's text wherever a text of a stranger can stand. */
const spoiled = (
  text: string,
  cause: CauseCode,
  reason: Reason,
): Diagnosis => ({
  ...REFUSED,
  steps: REFUSED.steps.map((judged) =>
    judged.step === "issuer"
      ? {
          step: "issuer",
          outcome: "failed",
          findings: [{ reason, evidence: EVIDENCE[reason](text) } as Finding],
        }
      : judged,
  ),
  causes: REFUSED.causes.map(
    (one) => ({ ...one, cause, facts: FACTS[cause](text) }) as Cause,
  ),
  token: {
    header: { alg: text },
    claims: { iss: text, exp: text },
    trusted: false,
  },
  needs: [],
});

describe("the report", () => {
  it("has nine cells, in order, each with its sign and word", () => {
    const { strip } = report(REFUSED, NOW);
    assert.deepEqual(
      strip.map(({ step }) => step),
      STEPS,
    );
    assert.deepEqual(
      new Set(strip.map(({ sign, word }) => `${sign} ${word}`)),
      new Set([
        "– not asked",
        "✓ passed",
        "✗ failed",
        "· not reached",
        "? undecided",
      ]),
    );
    assert.deepEqual(
      strip.filter(({ decisive }) => decisive).map(({ step }) => step),
      ["signature"],
    );
  });
});

describe("the timeline", () => {
  it("is in the order of time, and leaves out what is no time", () => {
    assert.deepEqual(
      timeline({ exp: NOW + 90, nbf: NOW + 30, iat: "soon" }, NOW).map(
        ({ what, words }) => `${what}: ${words}`,
      ),
      [
        "now: now",
        "nbf: begins in 30 seconds",
        "exp: expires in 1 minute 30 seconds",
      ],
    );
    assert.deepEqual(timeline(null, NOW), []);
    assert.deepEqual(
      timeline({ exp }, null).map(({ words }) => words),
      ["exp"],
    );
  });

  it("does not make a year of a time in milliseconds", () => {
    assert.equal(
      timeline({ exp: 1_790_000_000_000 }, NOW).at(-1)?.moment,
      "1790000000000",
    );
  });
});
