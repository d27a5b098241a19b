/** A small API behind a guard, on a real port. */
import {
  createGuard,
  type AuditEvent,
  type Guard,
  type GuardOptions,
  type RefusedEvent,
} from "@assay/guard";
import { guardNode } from "@assay/guard/node";
import { createTestIssuer, type TestIssuer } from "@assay/guard/testing";
import { listen } from "./listen.ts";
import { rawRequest, type RawAnswer, type RawHeaders } from "./raw-request.ts";

export interface Door extends AsyncDisposable {
  readonly issuer: TestIssuer;
  readonly guard: Guard;
  readonly events: AuditEvent[];
  readonly origin: string;
  get(headers?: RawHeaders, path?: string, method?: string): Promise<RawAnswer>;
  /** The one refusal of which the audit was told since the last call. */
  refusal(): Promise<RefusedEvent>;
}

export const bearer = (token: string): RawHeaders => ({
  authorization: `Bearer ${token}`,
});

export async function openDoor(
  options:
    | Partial<GuardOptions>
    | ((issuer: TestIssuer) => Partial<GuardOptions>) = {},
  issuer?: TestIssuer,
): Promise<Door> {
  const minting = issuer ?? (await createTestIssuer());
  const events: AuditEvent[] = [];
  const guard = createGuard({
    ...minting.options,
    audit: (event) => events.push(event),
    ...(typeof options === "function" ? options(minting) : options),
  });
  const server = await listen((request, response) => {
    void (async () => {
      const admitted = await guardNode(guard, request, response).catch(
        (error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
          return null;
        },
      );
      if (admitted)
        response.end(
          JSON.stringify({
            subject: admitted.token.claims.sub,
            headers: request.headers,
          }),
        );
    })();
  });
  let seen = 0;
  return {
    issuer: minting,
    guard,
    events,
    origin: server.origin,
    get: (headers, path = "/", method = "GET") =>
      rawRequest(server.origin, path, headers, method),
    async refusal() {
      await guard.settled();
      const fresh = events.slice(seen);
      seen = events.length;
      const [event] = fresh;
      if (fresh.length !== 1 || !event || !("handle" in event))
        throw new Error(`expected one refusal, found ${JSON.stringify(fresh)}`);
      return event;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await guard.close();
    },
  };
}
