/** Whether the process lives, at /health, for whoever watches over it. */
import type { Guard } from "@assay/guard";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Threat: a proxy that hands on its client's own path, so that a stranger who asks for /health is let through. What came by a proxy is judged. */
const BY_A_PROXY = /^(?:x-(?:forwarded|original)-.*|forwarded|authorization)$/;

export const isHealth = ({ method, url, headers }: IncomingMessage): boolean =>
  url === "/health" &&
  (method === "GET" || method === "HEAD") &&
  !Object.keys(headers).some((name) => BY_A_PROXY.test(name));

export function answerHealth(
  { revocation }: Guard,
  response: ServerResponse,
): void {
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "no-store");
  response.end(
    JSON.stringify({ status: "ok", revocationAge: revocation.age() }),
  );
}
