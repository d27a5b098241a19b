/** An issuer in a process of its own: SQLite with full durability, tokens to revoke, and a token for the feed. Says where it is, and ends when its parent goes. */
import { issuerListener } from "@assay/issuer";
import { listen } from "../../packages/issuer/src/listen.ts";
import { openRevocationBed } from "../../packages/issuer/test/revocation/revocation-bed.ts";

export interface Ready {
  readonly port: number;
  readonly feedToken: string;
  /** Header Authorization of the client that revokes. */
  readonly authorization: string;
  readonly tokens: readonly string[];
}

const bed = await openRevocationBed();
const { servers, port } = await listen(
  issuerListener(bed.issuer),
  "127.0.0.1",
  0,
);
const tokens: string[] = [];
while (tokens.length < Number(process.argv[2]))
  tokens.push(await bed.ownToken("app"));
const ready: Ready = {
  port,
  feedToken: await bed.feedToken(),
  authorization: bed.authorization("app"),
  tokens,
};
process.once("disconnect", () => {
  for (const server of servers) server.close();
  void bed.close();
});
process.send?.(ready);
