import assert from "node:assert/strict";
import { test } from "node:test";
import { rolldown } from "rolldown";
import config from "../../packages/cli/rolldown.config.ts";
import { repositoryPath } from "../repository.mjs";

/** What only servers and their clients need. In one bundled file, an import at the top of any of its sources is one at every start. */
const HEAVY = /^(?:@assay\/|ioredis$|node:(?:https?|http2|net|tls|sqlite)$)/;

test("the bundled command loads no server, and no network, before it knows which command runs", async () => {
  const { output, ...input } = config;
  assert.ok(output && !Array.isArray(output));
  await using bundle = await rolldown({ ...input, cwd: repositoryPath(".") });
  const { file: _, ...options } = output;
  const {
    output: [chunk],
  } = await bundle.generate(options);
  assert.deepEqual(
    chunk.imports.filter((name) => HEAVY.test(name)),
    [],
  );
  const later = chunk.dynamicImports;
  for (const name of ["@assay/issuer", "@assay/issuer/process", "ioredis"])
    assert.ok(later.includes(name), `${name} is in the bundle itself`);
});
