/** Guards in a process of their own, from the outside. */
import { fork } from "node:child_process";
import { once } from "node:events";
import type { FromGuards, ToGuards, Whom } from "./revocation-guards.ts";

type Answer<Name extends string> = Extract<
  FromGuards,
  Readonly<Record<Name, unknown>>
>;

export interface GuardsProcess extends AsyncDisposable {
  /** The doors, one for each guard. */
  readonly origins: readonly string[];
  statuses(): Promise<Answer<"statuses">["statuses"]>;
  /** Resolves with the times at which the guards refused the token. */
  watch(token: string): Promise<readonly number[]>;
  /** Lets go of it. Resolves with its exit status when it has ended by itself. */
  end(): Promise<number | null>;
}

export async function forkGuards(whom: Whom): Promise<GuardsProcess> {
  const child = fork(new URL("revocation-guards.ts", import.meta.url), [], {
    execArgv: ["--conditions=@assay/source"],
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  const ask = async <Name extends string>(
    message: ToGuards,
  ): Promise<Answer<Name>> => {
    const answer = once(child, "message") as Promise<[Answer<Name>]>;
    child.send(message);
    const [first] = await Promise.race([
      answer,
      ended.then(([status]): never => {
        throw new Error(`the guards' process ended with ${status}`);
      }),
    ]);
    return first;
  };
  const end = async (): Promise<number | null> => {
    if (child.connected) child.disconnect();
    const [status] = await ended;
    return status;
  };
  const { origins } = await ask<"origins">({ start: whom });
  return {
    origins,
    statuses: async () => (await ask<"statuses">({ statuses: true })).statuses,
    watch: async (token) =>
      (await ask<"refusedAt">({ watch: token })).refusedAt,
    end,
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}
