#!/usr/bin/env node
// The command's entry. It stays plain JavaScript that an old Node can read, so that an old Node gets a sentence and not a syntax error.
import * as nodeModule from "node:module";
import { existsSync } from "node:fs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `assay needs Node.js 24.15 or newer; this is ${process.versions.node}. ` +
      "Install a newer Node.js (https://nodejs.org), then run the command again.\n",
  );
  // Not 1, which would say that a token was refused.
  process.exitCode = 2;
} else {
  nodeModule.enableCompileCache();
  const source = new URL("../src/main.ts", import.meta.url);
  if (existsSync(source)) {
    // In the repository: the sources themselves, never a build that may be older than they are.
    nodeModule.registerHooks({
      resolve: (specifier, context, nextResolve) =>
        nextResolve(specifier, {
          ...context,
          conditions: [...context.conditions, "@assay/source"],
        }),
    });
    await import(source.href);
  } else {
    await import(new URL("../dist/assay.js", import.meta.url).href);
  }
}
