/** A page as HTML: what is text in the page is text in the document, and every link is one of the page's own. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { escapeHtml, pageHtml, PageError } from "@assay/handbook";
import { pageOf } from "./sample-pages.ts";

const numRuns = Number(process.env["ASSAY_FUZZ_RUNS"] ?? 300);

const html = (body: string, level = 2): string =>
  pageHtml(pageOf(body), { page: (address) => `/at/${address}`, level });

/** All markup that a page can become. */
const OURS =
  /<\/?(?:p|h[1-6]|ul|ol(?: start="\d+")?|li|em|strong|del|code|blockquote|hr|br|table|thead|tbody|tr|td|th|th scope="col"|pre|pre tabindex="0"|div|div class="scroll" tabindex="0" role="group" aria-label="Table"|input (?:checked="" )?disabled="" type="checkbox"|a|a href="(?:\/at\/(?:[a-z]+)\/[\w.-]+|https?:\/\/[^"<>]*" rel="noreferrer)")>/g;

describe("a page as HTML", () => {
  it("links to pages where they are, and out of the handbook without saying from where", () => {
    assert.equal(
      html(
        "[a](time.expired.md) [b](../reasons/audience.mismatch.md#how) [`c`](https://a.example/?q=\"x\"&r='y')",
      ),
      '<p><a href="/at/causes/time.expired">a</a> <a href="/at/reasons/audience.mismatch">b</a> ' +
        '<a href="https://a.example/?q=&quot;x&quot;&amp;r=&#39;y&#39;" rel="noreferrer"><code>c</code></a></p>\n',
    );
  });

  it("knows no other link", () => {
    for (const href of [
      "javascript:alert(1)",
      "JavaScript:alert(1)",
      "&#106;avascript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "file:///etc/passwd",
      "ftp://a.example/",
      "https:a.example",
      "//a.example/",
      "mailto:a@b.example",
      "#x",
    ])
      for (const body of [
        `[a](${href})`,
        `[a](<${href}>)`,
        `[a]\n\n[a]: ${href}`,
        `- **[a](${href})**`,
      ])
        assert.throws(
          () => html(body),
          {
            name: "PageError",
            message:
              /^docs\/causes\/key\.rotated\.md: expected a link to https:\/\/… or to the file of a page, found "[^"]+"$/,
          },
          body,
        );
    for (const body of ["<javascript:alert(1)>", "a@b.example"])
      assert.throws(() => html(body), PageError, body);
  });

  it("refuses markup of another, and what would be fetched", () => {
    for (const [body, found] of [
      ["<script>x</script>", "<script>x</script>\n"],
      ["a <b>c</b>", "<b>"],
      ["<!-- c -->", "<!-- c -->\n"],
      ["- <i>", "<i>"],
      ["| a |\n|---|\n| <img src=x onerror=y> |", "<img src=x onerror=y>"],
      ["![a](https://a.example/i.png)", "![a](https://a.example/i.png)"],
      ["[![a](b.png)](https://a.example/)", "![a](b.png)"],
    ] as const)
      assert.throws(
        () => html(body),
        {
          name: "PageError",
          message: `docs/causes/key.rotated.md: expected Markdown without HTML and images, found ${JSON.stringify(found)}`,
        },
        body,
      );
  });

  it("has tables that can be scrolled by the keyboard, and no heading that says nothing", () => {
    assert.equal(
      html("| | b |\n|---|---|\n| `<c>` | d & **e** |"),
      '<div class="scroll" tabindex="0" role="group" aria-label="Table">' +
        '<table><thead><tr><td></td><th scope="col">b</th></tr></thead>' +
        "<tbody><tr><td><code>&lt;c&gt;</code></td><td>d &amp; <strong>e</strong></td></tr></tbody></table></div>\n",
    );
  });

  it("leaves code what it is", () => {
    assert.equal(
      html('```http" onload="x\n<b a="c">&amp;\n```'),
      '<pre tabindex="0"><code>&lt;b a=&quot;c&quot;&gt;&amp;amp;</code></pre>\n',
    );
    assert.equal(html("`&lt;`"), "<p><code>&amp;lt;</code></p>\n");
  });

  it("puts its sections under the heading above it", () => {
    assert.equal(html("## a <", 2), "<h2>a &lt;</h2>\n");
    assert.equal(html("## a\n\n### b", 3), "<h3>a</h3>\n<h4>b</h4>\n");
    assert.equal(html("###### a", 4), "<h6>a</h6>\n");
  });

  it("lets no text out as markup, whatever the page says", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ..."< > \" ' & ` ``` ~~~ # ## - 1. | ** _ ~~ \\ [ ] ( ) ![ ]( <a /> --> <!-- = onclick=".split(
          " ",
        ),
        " ",
        "\n",
        "\n\n",
        "    ",
        "| a | b |\n|---|---|\n| ",
        "&lt;",
        "&#60;script&#62;",
        "&quot;",
        "<script>",
        "<https://a.example/",
        "https://a.example/?a=b&c=",
        "www.a.example",
        "[a](https://a.example/",
        '"onmouseover="x',
        "[a](time.expired.md)",
        "[a]: https://a.example/ ",
        "- [x] ",
      ),
      fc.string({ maxLength: 4 }),
    );
    let written = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 12 }),
        (pieces) => {
          let made: string;
          try {
            made = html(`a${pieces.join("")}`);
          } catch (error) {
            assert.ok(error instanceof PageError, String(error));
            return;
          }
          written++;
          assert.doesNotMatch(made.replaceAll(OURS, ""), /[<>"]/, made);
        },
      ),
      { numRuns },
    );
    assert.ok(written > numRuns / 4, `${written} pages of ${numRuns}`);
  });
});

it("escapes everything that ends a text or an attribute, and nothing else", () => {
  assert.equal(
    escapeHtml(`<a b="c" d='e'>&amp;`),
    "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;",
  );
  assert.equal(escapeHtml("ä “x” `y` \u0000"), "ä “x” `y` \u0000");
});
