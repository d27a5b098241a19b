/** A guarded fetch handler as a worker has it: the guard is made while the module starts, and asked later. */
import { createGuard, statusLists, type AuditEvent } from "@assay/guard";
import { fetchGuard } from "@assay/guard/fetch";
import { createMcpGuard, mcpFetch } from "@assay/guard/mcp";
import { createTestIssuer, type TestIssuer } from "@assay/guard/testing";

let issuer: TestIssuer | null = null;
const events: AuditEvent[] = [];

const guard = createGuard({
  issuers: "https://issuer.test",
  audience: "https://api.test",
  remote: {
    fetch: async (url, init) => issuer?.fetch(url, init) ?? Response.error(),
  },
  dpop: { nonces: true },
  publicUrl: "https://api.test",
  revocation: statusLists(),
  audit: (event) => events.push(event),
});

const handler = fetchGuard(guard, (_, { token }) =>
  Response.json(token.claims.sub),
);

const mcp = mcpFetch(
  createMcpGuard({
    resource: "https://api.test",
    issuers: "https://issuer.test",
    remote: {
      fetch: async (url, init) => issuer?.fetch(url, init) ?? Response.error(),
    },
    tools: { erase: ["notes:write"] },
  }),
  (request, { body }) =>
    Response.json([body, request.headers.has("authorization")]),
);

/** Calls a tool of an MCP server. */
const call = async (name: string): Promise<unknown> => {
  const answer = await mcp(
    new Request("https://api.test/", {
      method: "POST",
      headers: { authorization: `Bearer ${await issuer?.mint()}` },
      body: JSON.stringify({ method: "tools/call", params: { name } }),
    }),
  );
  return answer.status === 200 ? answer.json() : answer.status;
};

const ask = async (
  headers: Record<string, string>,
): Promise<{ status: number; error: unknown; nonce: string }> => {
  const answer = await handler(
    new Request("https://api.test/orders", { headers }),
  );
  const body = (await answer.json()) as { error?: unknown } | string;
  return {
    status: answer.status,
    error: typeof body === "string" ? null : (body.error ?? null),
    nonce: answer.headers.get("dpop-nonce") ?? "",
  };
};

function expect(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(
      `${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
    );
}

export async function checkRuntime(): Promise<string> {
  issuer = await createTestIssuer();
  const bearer = async (
    flaw?: "forged" | "expired",
  ): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await issuer?.mint(flaw && { flaw })}`,
  });
  expect("a good token", (await ask(await bearer())).status, 200);
  expect("the same again", (await ask(await bearer())).status, 200);
  const missing = await ask({});
  expect("no token", [missing.status, missing.error], [401, null]);
  for (const flaw of ["forged", "expired"] as const) {
    const refused = await ask(await bearer(flaw));
    expect(flaw, [refused.status, refused.error], [401, "invalid_token"]);
  }
  const key = await issuer.proofKey();
  const token = await issuer.mint({ boundTo: key });
  const proof = { method: "GET", url: "https://api.test/orders", token };
  const authorization = `DPoP ${token}`;
  const first = await ask({
    authorization,
    dpop: await issuer.prove(key, proof),
  });
  expect(
    "a proof without nonce",
    [first.status, first.error],
    [401, "use_dpop_nonce"],
  );
  const second = await ask({
    authorization,
    dpop: await issuer.prove(key, { ...proof, nonce: first.nonce }),
  });
  expect("a proof with its nonce", second.status, 200);
  expect("a tool that needs no more", await call("read"), [
    { method: "tools/call", params: { name: "read" } },
    false,
  ]);
  expect("a tool that needs a scope", await call("erase"), 403);
  await guard.settled();
  expect(
    "the audit",
    events.map((event) => ("reason" in event ? event.reason : event.event)),
    [
      "request.token_missing",
      "signature.mismatch",
      "expiration.expired",
      "binding.nonce",
    ],
  );
  expect(
    "the cause",
    events.some((event) => "cause" in event && event.cause !== null),
    true,
  );
  return "all as expected";
}
