/**
 * One HTML file that needs nothing else: script and style stand in it, and its policy knows them by their hashes.
 * Threat: a token that leaves the page. The policy travels with the file, so that it holds without a server too: no connection, no form, no
 * frame, no other script. The one worker is made from the script's own text.
 */
import { createHash } from "node:crypto";
import type { Plugin } from "vite";

export function singleFilePlugin(): Plugin {
  return {
    name: "assay-single-file",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const page = files.find(({ fileName }) => fileName.endsWith(".html"));
      if (page?.type !== "asset") throw new Error("there is no page to fill");
      let script = "";
      let style = "";
      let licenses = "";
      for (const file of files) {
        if (file === page) continue;
        if (file.type === "chunk") script += file.code;
        else if (file.fileName.endsWith(".css")) style += String(file.source);
        else if (file.fileName.endsWith(".svg"))
          page.source = String(page.source).replace(
            `/${file.fileName}`,
            `data:image/svg+xml,${encodeURIComponent(String(file.source))}`,
          );
        else if (file.fileName.endsWith(".txt"))
          licenses += `${String(file.source)}\n\n`;
        else throw new Error(`${file.fileName} would be a second file`);
        delete bundle[file.fileName];
      }
      page.source = filled(String(page.source), inScript(script), style).concat(
        `<!--\n${inComment(licenses)}-->\n`,
      );
    },
  };
}

/** Ends no script element and begins no comment, wherever it stands in a string. */
const inScript = (code: string): string =>
  code.replace(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "\\x3C!--");

/** The licences of what went into it ask to go with it. Two hyphens would end the comment. */
const inComment = (text: string): string => text.replace(/-(?=-)/g, "- ");

function filled(html: string, script: string, style: string): string {
  if (/<\/style/i.test(style)) throw new Error("a style would end itself");
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "img-src data:",
    "worker-src blob:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types assay-worker",
  ].join("; ");
  return html
    .replace(/\s*<script type="module"[^>]*src=[^>]*><\/script>/, "")
    .replace(/\s*<link rel="stylesheet"[^>]*>/, "")
    .replace(
      /<meta charset="utf-8" \/>/,
      (charset) =>
        `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace("</head>", () => `<style>${style}</style>\n  </head>`)
    .replace(
      "</body>",
      () => `<script type="module">${script}</script>\n  </body>`,
    );
}

const hashOf = (text: string): string =>
  `sha256-${createHash("sha256").update(text).digest("base64")}`;
