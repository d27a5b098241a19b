/** What a call of the admin API is given with its request. */
import type { Connection, IssuerContext } from "../issuer-context.ts";
import type { Caller } from "./caller.ts";

export interface AdminEnvironment {
  readonly Bindings: {
    readonly context: IssuerContext;
    readonly connection: Connection;
  };
  readonly Variables: {
    /** Absent until the token was judged. */
    readonly caller?: Caller;
  };
}
