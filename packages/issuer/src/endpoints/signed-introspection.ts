/** The answer of introspection as a signed JWT (RFC 9701), for whoever has to prove later what was answered. */
import type { Exchange, Reply } from "../exchange.ts";
import type { Incoming } from "../incoming.ts";
import { seconds, type IssuerContext } from "../issuer-context.ts";
import { ID_TOKEN_ALGORITHM } from "../tokens/id-token.ts";
import { accepts } from "./accepts.ts";
import type { IntrospectionAnswer } from "./introspection.ts";

const MEDIA_TYPE = "application/token-introspection+jwt";

/** RFC 9701 section 4. */
export const wantsSigned = (request: Incoming): boolean =>
  accepts(request.headers.get("accept") ?? "", [MEDIA_TYPE]);

/** It has no exp: it tells of one moment, and must not be taken for a token itself (section 5). */
const KEPT_SECONDS = 3600;

export async function signedIntrospection(
  http: Exchange,
  { issuer, keys, clock }: IssuerContext,
  clientId: string,
  answer: IntrospectionAnswer,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const key = await keys.prepare(ID_TOKEN_ALGORITHM, KEPT_SECONDS);
  const jwt = await key.sign(
    {
      iss: issuer,
      aud: clientId,
      iat: seconds(clock()),
      token_introspection: answer,
    },
    { typ: "token-introspection+jwt" },
  );
  return http.body(jwt, 200, { ...headers, "content-type": MEDIA_TYPE });
}
