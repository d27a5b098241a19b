/** What endpoints need of a request. A Request has it; the listener for node:http (node-listener.ts) has it for less. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: Pick<Headers, "get" | "has">;
  readonly body: Request["body"];
  bytes(): Promise<Uint8Array>;
}
