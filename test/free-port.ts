import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** From here on the kernel gives ports by itself, to whoever asks for any (ip_local_port_range). */
const GIVEN = 32_768;

/** A port that is free now, for what cannot choose one itself. It is none that another test is given before it is taken. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, GIVEN);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server
        .once("error", () => resolve(false))
        .listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
