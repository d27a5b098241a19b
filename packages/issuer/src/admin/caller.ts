/** Who calls the admin API: an access token of ours for the API itself, judged as it is now. */
import { adminResource } from "../addresses.ts";
import { OAuthError, type RefusalDetail } from "../errors.ts";
import { inactivity } from "../endpoints/inactivity.ts";
import {
  nobody,
  type Connection,
  type IssuerContext,
} from "../issuer-context.ts";
import type { Who } from "../journal/journal-writer.ts";
import type { AccessToken } from "../store/records.ts";
import { readProof } from "../tokens/dpop-proof.ts";
import { findPresented } from "../tokens/find-presented.ts";
import type { AdminScope } from "./scopes.ts";

export interface Caller {
  readonly clientId: string;
  /** What token and client allow now. */
  readonly scopes: ReadonlySet<string>;
  /** For the journal: who did it. No person is the subject of it. */
  readonly actor: Who;
}

/** RFC 6750 section 2.1, RFC 9449 section 7.1. */
const AUTHORIZATION = /^(Bearer|DPoP) +([A-Za-z0-9\-._~+/]+=*)$/i;

/** Threat: who may call and who may not is told to nobody who has not shown a token of ours. Throws OAuthError (RFC 6750 section 3.1). */
export async function callerOf(
  context: IssuerContext,
  request: Request,
  connection: Connection,
): Promise<Caller> {
  const header = request.headers.get("authorization");
  if (header === null)
    throw new OAuthError("invalid_token", "An access token is needed.", {
      reason: "request.token_missing",
    });
  const [, scheme = "", text = ""] = AUTHORIZATION.exec(header) ?? [];
  if (text === "")
    throw notGood(
      { reason: "request.header_malformed" },
      "Expected Bearer or DPoP.",
    );
  const presented = await findPresented(context, text);
  const inactive = inactivity(presented, context.clock());
  if (inactive) throw notGood(inactive);
  if (presented.kind !== "access") throw notGood({ reason: "format.type" });
  const { token } = presented.found;
  const about = { clientId: token.clientId, tokenId: token.tokenId };
  // Threat: a token for another API, sent on by whoever runs that one.
  if (token.resource !== adminResource(context.issuer))
    throw notGood({ ...about, reason: "audience.mismatch" });
  await checkBinding(context, request, scheme, text, token);
  const found = await context.store.findClient(token.clientId);
  // What was taken from the client is taken from its tokens.
  const rights = new Set(
    found?.client.disabledAt === null ? found.client.adminScopes : [],
  );
  return {
    clientId: token.clientId,
    scopes: new Set(token.scopes.filter((scope) => rights.has(scope))),
    actor: {
      ...nobody(connection, request),
      clientId: token.clientId,
      by: token.clientId,
    },
  };
}

/** Throws insufficient_scope (RFC 6750 section 3.1), which names the scope: whoever asks has shown a good token. */
export function requireScope(caller: Caller, scope: AdminScope): void {
  if (!caller.scopes.has(scope))
    throw new OAuthError(
      "insufficient_scope",
      `The token needs the scope ${scope}.`,
      {
        reason: "scope.insufficient",
        clientId: caller.clientId,
        facts: {
          needed: scope,
          lacking: scope,
          found: [...caller.scopes].join(" "),
        },
      },
    );
}

async function checkBinding(
  context: IssuerContext,
  request: Request,
  scheme: string,
  text: string,
  { jkt, clientId, tokenId }: AccessToken,
): Promise<void> {
  const about = { clientId, tokenId };
  const dpop = scheme.toLowerCase() === "dpop";
  if (jkt === null) {
    if (dpop) throw notGood({ ...about, reason: "binding.key_mismatch" });
    return;
  }
  // Threat: a bound token that was stolen is sent as a bearer token (RFC 9449 section 7.2).
  if (!dpop) throw notGood({ ...about, reason: "binding.proof_missing" });
  const proven = await readProof(
    context,
    request,
    addressOf(request, context),
    text,
  );
  if (proven === null)
    throw notGood({ ...about, reason: "binding.proof_missing" });
  if (proven !== jkt)
    throw notGood({ ...about, reason: "binding.key_mismatch" });
}

/** As the caller knows it: our name, then the path as it was written (RFC 9449 section 4.2, htu). */
function addressOf(request: Request, { issuer }: IssuerContext): string {
  return new URL(issuer).origin + new URL(request.url).pathname;
}

const notGood = (
  detail: Partial<RefusalDetail>,
  description = "The access token is not valid here.",
): OAuthError => new OAuthError("invalid_token", description, detail);
