/** For a process that is a server and nothing else: lets go of what only its start needed. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * V8 collects its old generation when that grows, and a server without load waits for it for ever, with the sources that it has compiled, and
 * what it has read. Once, before the first request, a collection of everything that can go costs nobody anything (`npm run bench:idle`).
 */
export function collectAfterStart(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (options: object) => void;
  setFlagsFromString("--no-expose-gc");
  collect({ type: "major", flavor: "last-resort" });
}
