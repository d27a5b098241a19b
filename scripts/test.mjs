/** `npm test`: sets up what is missing, then `test-groups.ts`. Names of groups go after it: `npm test lint types`. Plain JavaScript for Node 20. */
import { goOnWith } from "./node-of-the-lock.mjs";
import { setUp } from "./set-up.mjs";

setUp();
await goOnWith("test-groups.ts");
