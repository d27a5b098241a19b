/** One of the applications in a process of its own: tells its URL, and at each message the processor time that it has used, in microseconds. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { APPS, type Accepted } from "./apps.ts";

const [framework = "", system = "", accepted = ""] = process.argv.slice(2);
const app = APPS[framework]?.[system];
if (!app) throw new Error(`no application ${framework} ${system}`);
const server = createServer(await app(JSON.parse(accepted) as Accepted));
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on("message", () => {
  const { user, system: inSystem } = process.cpuUsage();
  process.send?.(user + inSystem);
});
