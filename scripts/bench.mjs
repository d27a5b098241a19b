/** `npm run bench:NAME`: sets up what is missing, then measures. Plain JavaScript for Node 20. */
import { goOnWith } from "./node-of-the-lock.mjs";
import { setUp } from "./set-up.mjs";

setUp();
await goOnWith("bench.ts");
