import assert from "node:assert/strict";
import { test } from "node:test";
import { rolldown, type OutputChunk } from "rolldown";
import config from "../../packages/cli/rolldown.config.ts";
import { repositoryPath } from "../repository.mjs";

/** What only servers and their clients need. */
const HEAVY = /^(?:@assay\/|ioredis$|node:(?:https?|http2|net|tls|sqlite)$)/;

test("the bundled command loads no server, and no network, before it knows which command runs", async () => {
  const { output, ...input } = config;
  assert.ok(output && !Array.isArray(output));
  await using bundle = await rolldown({ ...input, cwd: repositoryPath(".") });
  const { dir: _, ...options } = output;
  const chunks = (await bundle.generate(options)).output.filter(
    (one): one is OutputChunk => one.type === "chunk",
  );
  const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  // The entry, and all that it imports, and what that imports.
  const started = new Set(["assay.js"]);
  for (const name of started)
    for (const next of named.get(name)?.imports ?? []) started.add(next);
  assert.ok(named.has("assay.js"));
  assert.deepEqual(
    [...started].filter((name) => HEAVY.test(name)),
    [],
  );
  const later = new Set(
    chunks.flatMap(({ imports, dynamicImports }) => [
      ...imports,
      ...dynamicImports,
    ]),
  );
  for (const name of ["@assay/issuer", "@assay/issuer/process", "ioredis"])
    assert.ok(later.has(name), `${name} is in the bundle itself`);
});
