/** A process of its own that asks for a token: `node process.ts FILE JSON`. Writes a fingerprint of what it got. */
import { createHash } from "node:crypto";
import { createTokenSource } from "../src/index.ts";
import type { IssuedOptions } from "../src/options.ts";
import { FileStore } from "../src/node.ts";

const [, , file = "", settings = "{}"] = process.argv;
const { offset, ...options } = JSON.parse(settings) as IssuedOptions & {
  readonly offset: number;
};
const source = createTokenSource({
  ...options,
  store: new FileStore(file),
  clock: () => Date.now() + offset,
});
// Ready; all begin at one word.
process.stdout.write("ready\n");
process.stdin.once("data", () => {
  void source.token().then(
    ({ value }) =>
      process.stdout.write(
        `${createHash("sha256").update(value).digest("hex")}\n`,
        () => process.exit(),
      ),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
