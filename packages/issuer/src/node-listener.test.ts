import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { it } from "node:test";
import { Answer } from "./exchange.ts";
import { nodeListener } from "./node-listener.ts";

it("the sender of a form is known, though it hangs up before the form is whole", async () => {
  const begun = Promise.withResolvers<void>();
  const heard = Promise.withResolvers<string | undefined>();
  const server = createServer(
    nodeListener(
      {
        isPlain: () => {
          begun.resolve();
          return true;
        },
        answer: async (_, remote) => {
          heard.resolve(remote);
          return new Answer(null, 200, {});
        },
      },
      () => assert.fail("every request is a form"),
    ),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    socket.write(
      "POST /token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\ntoken=",
    );
    await begun.promise;
    socket.resetAndDestroy();
    assert.equal(await heard.promise, "127.0.0.1");
  } finally {
    server.close();
  }
});
