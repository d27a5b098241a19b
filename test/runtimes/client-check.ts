/** A token source on this runtime: one request for many calls, bound to a key of the platform's, sent to one origin alone. */
import { createTokenSource } from "@assay/client";
import { checkProof } from "@assay/token";

const ISSUER = "https://issuer.test";
const API = "https://api.test";

/** Server, API and a stranger as one fetch function: not every runtime may listen. */
async function answer(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  if (pathname.startsWith("/.well-known/"))
    return Response.json({ issuer: ISSUER, token_endpoint: `${ISSUER}/token` });
  const accessToken = origin === ISSUER ? null : "opaque";
  if (origin !== ISSUER && origin !== API)
    return new Response(request.headers.get("authorization"));
  const { findings } = await checkProof(request.headers.get("dpop") ?? "", {
    method: request.method,
    url: request.url,
    accessToken,
    now: Date.now() / 1000,
    maxAge: 60,
    tolerance: 5,
  });
  if (findings.length > 0) return Response.json(findings, { status: 400 });
  return origin === ISSUER
    ? Response.json({
        access_token: "opaque",
        token_type: "DPoP",
        expires_in: 60,
      })
    : new Response(request.headers.get("authorization"));
}

/** Throws at the first difference. */
export async function checkClient(): Promise<void> {
  let asked = 0;
  const source = createTokenSource({
    issuer: ISSUER,
    clientId: "service",
    authentication: { method: "client_secret_basic", secret: "secret" },
    grant: { type: "client_credentials" },
    origins: [API],
    dpop: true,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.url === `${ISSUER}/token`) asked++;
      return answer(request);
    },
  });
  const ask = async (url: string): Promise<string> =>
    (await source.fetch(url)).text();
  const found = await Promise.all([
    ask(`${API}/orders`),
    ask(`${API}/customers?page=2`),
    ask("https://stranger.test/"),
  ]);
  const all = JSON.stringify([...found, asked]);
  if (all !== '["DPoP opaque","DPoP opaque","",1]')
    throw new Error(`client: ${all}`);
  source.close();
}
