/**
 * For a process that is a server and nothing else: it sets a switch of V8 for all of it (docs/decisions/0028).
 *
 * V8 counts, for each place in the code, how many of the objects made there outlive a collection, and makes those of long lives in the old
 * generation from the start. A server's young generation is small before its first load, and what a request needs lives until its commit: at
 * that moment it looks like a long life, and stays called one. Then every request leaves dead objects in the old generation, and all that they
 * knew of is kept and moved with them, until that is cleared.
 */
import { setFlagsFromString } from "node:v8";

export function keepRequestsYoung(): void {
  setFlagsFromString("--no-allocation-site-pretenuring");
}
