/** The admin API at /admin. Loaded at its first request: a server that nobody administers pays nothing for it. */
import type { Connection, IssuerContext } from "../issuer-context.ts";

export async function admin(
  request: Request,
  context: IssuerContext,
  connection: Connection,
): Promise<Response> {
  const { adminApi } = await import("./api.ts");
  return adminApi().fetch(request, { context, connection });
}
