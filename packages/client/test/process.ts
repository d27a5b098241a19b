/** A process of its own that asks for a token: `node process.ts FILE JSON`. Writes a fingerprint and the type of what it got. */
import { createHash } from "node:crypto";
import { createTokenSource } from "../src/index.ts";
import { FileStore, keptDpopKey } from "../src/node.ts";
import type { ProcessSettings } from "./ask-in-process.ts";

const [, , file = "", settings = "{}"] = process.argv;
const { offset, keyFile, ...options } = JSON.parse(settings) as ProcessSettings;
const source = createTokenSource({
  ...options,
  store: new FileStore(file),
  ...(keyFile !== undefined && { dpop: await keptDpopKey(keyFile) }),
  clock: () => Date.now() + offset,
});
// Ready; all begin at one word.
process.stdout.write("ready\n");
process.stdin.once("data", () => {
  void source.token().then(
    ({ value, type }) =>
      process.stdout.write(
        `${createHash("sha256").update(value).digest("hex")} ${type}\n`,
        () => process.exit(),
      ),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
