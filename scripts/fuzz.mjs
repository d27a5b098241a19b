/** `npm run fuzz [runs]`: the properties for longer than a test may take. Plain JavaScript for Node 20. */
import { goOnWith } from "./node-of-the-lock.mjs";
import { setUp } from "./set-up.mjs";

setUp();
await goOnWith("fuzz.ts");
