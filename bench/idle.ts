/** `npm run bench:idle`: what a server takes of memory when nobody asks anything (`npm run build` comes first). `--json` prints rows. */
import { parseArgs } from "node:util";
import { idleMemory } from "./idle-memory.ts";
import { report } from "./measure.ts";
import { median } from "./quantile.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    starts: { type: "string", default: "5" },
  },
});
const value = median(await idleMemory(Number(values.starts)));
report([
  { bench: "idle", case: "memory idle", system: "assay", value, unit: "MiB" },
]);
