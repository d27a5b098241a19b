/** `npm start`: sets up what is missing, then `serve.ts`. Options go after `--`: `npm start -- --port 8080`. Plain JavaScript for Node 20. */
import { goOnWith } from "./node-of-the-lock.mjs";
import { setUp } from "./set-up.mjs";

setUp();
await goOnWith("serve.ts");
