/** The one file: it holds all that it needs, its policy knows exactly that, and no text in the script ends the script. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { singleFilePlugin } from "../build/single-file-plugin.ts";

const PAGE = `<!doctype html>
<html><head>
    <meta charset="utf-8" />
    <script type="module" crossorigin src="/assets/index.js"></script>
    <link rel="stylesheet" crossorigin href="/assets/index.css">
</head><body>
    <template id="x">$& kept</template>
</body></html>`;

interface File {
  readonly type: "asset" | "chunk";
  readonly fileName: string;
  readonly source?: string;
  readonly code?: string;
}

function filled(script: string, style: string, ...more: File[]): string {
  const files: File[] = [
    { type: "asset", fileName: "inspector.html", source: PAGE },
    { type: "chunk", fileName: "assets/index.js", code: script },
    { type: "asset", fileName: "assets/index.css", source: style },
    ...more,
  ];
  const bundle = Object.fromEntries(files.map((file) => [file.fileName, file]));
  const { generateBundle } = singleFilePlugin() as unknown as {
    generateBundle: (options: object, bundle: object) => void;
  };
  generateBundle({}, bundle);
  assert.deepEqual(Object.keys(bundle), ["inspector.html"]);
  return String(bundle["inspector.html"]?.source);
}

const hashOf = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** As a parser of HTML takes it: to the first end of a script, whatever its case. */
const scriptIn = (html: string): string =>
  /<script type="module">([^]*?)<\/script/i.exec(html)?.[1] ?? "";

describe("the single file", () => {
  it("holds script and style, and its policy allows these and nothing that leaves the page", () => {
    const html = filled("run('$& $1');", "p { color: red }");
    assert.equal(scriptIn(html), "run('$& $1');");
    assert.ok(html.includes("<style>p { color: red }</style>"));
    assert.ok(html.includes('<template id="x">$& kept</template>'));
    assert.doesNotMatch(html, / src=| href=/);
    const [, policy = ""] =
      /<meta charset="utf-8" \/>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(
        html,
      ) ?? [];
    assert.deepEqual(policy.split("; "), [
      "default-src 'none'",
      `script-src ${hashOf("run('$& $1');")}`,
      `style-src ${hashOf("p { color: red }")}`,
      "img-src data:",
      "worker-src blob:",
      "connect-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types assay-worker",
    ]);
    assert.ok(html.indexOf("Content-Security-Policy") < 200);
  });

  it("lets no text end the script or open a comment in it, and changes no value", () => {
    for (const text of [
      "</script>",
      "</SCRIPT>",
      "</Script x",
      "<!-- <script>",
      "<!--<!--",
      "</scr</script>ipt>",
    ]) {
      const script = `globalThis.said = ${JSON.stringify(text)};`;
      const html = filled(script, "");
      const inPage = scriptIn(html);
      assert.ok(inPage.endsWith(";"), inPage);
      assert.doesNotMatch(inPage, /<\/script|<!--/i);
      assert.ok(html.includes(`script-src ${hashOf(inPage)};`));
      const said: unknown = JSON.parse(
        inPage.slice("globalThis.said = ".length, -1).replaceAll("\\x3C", "<"),
      );
      assert.equal(said, text);
    }
  });

  it("is one file, or there is none", () => {
    assert.throws(
      () =>
        filled("", "", {
          type: "asset",
          fileName: "assets/font.woff2",
          source: "x",
        }),
      /assets\/font\.woff2 would be a second file/,
    );
    assert.throws(
      () => filled("", "a::after { content: '</STYLE>' }"),
      /a style would end itself/,
    );
  });
});
