/** A port of the operator's (replay store, revocation) that failed or is full: an outage, and never a bad token. */
export class PortFailure extends Error {
  override readonly name = "PortFailure";
  readonly port: "replay" | "revocation" | "introspection";

  constructor(port: PortFailure["port"], message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.port = port;
  }
}
