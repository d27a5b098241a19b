/** Introspection (RFC 7662): what a token is now. Whoever may not know gets the answer for a token that is none. */
import type { AuthenticatedClient } from "../clients/authenticate.ts";
import type { RefusalDetail } from "../errors.ts";
import type { Exchange, Reply } from "../exchange.ts";
import { seconds, type IssuerContext } from "../issuer-context.ts";
import { findPresented, type Presented } from "../tokens/find-presented.ts";
import { subjectOf } from "../tokens/subject-of.ts";
import { tokenClaims } from "../tokens/token-claims.ts";
import { HANDLE, NO_STORE, type Refused } from "./answer.ts";
import { answerClientForm, requireProof } from "./client-form.ts";
import { inactivity } from "./inactivity.ts";
import { signedIntrospection, wantsSigned } from "./signed-introspection.ts";

export type IntrospectionAnswer =
  | { readonly active: false }
  | ({ readonly active: true } & Readonly<Record<string, unknown>>);

export async function introspection(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  return answerClientForm(http, context, "introspection", async (sent) => {
    const { form, caller } = sent;
    // Threat: a stranger who tries tokens until one is active (RFC 7662 section 4).
    requireProof(caller, "Introspection");
    const presented = await findPresented(context, form.require("token"));
    // Threat: a client that reads behind the handle what became of a token that is not its to know. So this is asked first.
    const inactive =
      notForYou(presented, caller) ?? inactivity(presented, context.clock());
    const { answer, text } = inactive
      ? INACTIVE
      : answerFor(context.issuer, presented);
    const headers = {
      ...NO_STORE,
      ...(inactive && { [HANDLE]: open(context, sent, inactive) }),
    };
    return wantsSigned(http.request)
      ? signedIntrospection(
          http,
          context,
          caller.client.clientId,
          answer,
          headers,
        )
      : http.body(text, 200, {
          "content-type": "application/json",
          ...headers,
        });
  });
}

interface Said {
  readonly answer: IntrospectionAnswer;
  readonly text: string;
}

const say = (answer: IntrospectionAnswer): Said => ({
  answer,
  text: JSON.stringify(answer),
});

const INACTIVE = say({ active: false });

/** A token says the same as long as it is active, and the embedded store finds the same object as long as nothing of it has changed. */
const known = new WeakMap<object, Said & { readonly issuer: string }>();

function answerFor(issuer: string, presented: Presented): Said {
  const found = presented.kind === "access" ? presented.found : null;
  const before = found && known.get(found);
  if (before?.issuer === issuer) return before;
  const said = {
    ...say({ active: true, ...describe(issuer, presented) }),
    issuer,
  };
  if (found) known.set(found, said);
  return said;
}

/** The body of every inactive answer is the same, and so is its handle to the eye (RFC 7662 section 2.2). */
const open = (
  context: IssuerContext,
  { who, client }: Refused,
  detail: RefusalDetail,
): string =>
  context.handles.open({
    code: "invalid_token",
    description: "The token is not active.",
    detail,
    endpoint: "introspection",
    clientId: client?.id ?? null,
    authenticated: client?.proven ?? false,
    who,
  });

/** A resource server may ask for tokens of its own resources (RFC 7662 section 4), a client for its own refresh tokens. */
function notForYou(
  presented: Presented,
  { client }: AuthenticatedClient,
): RefusalDetail | null {
  if (presented.kind === "none") return null;
  const mine =
    presented.kind === "access"
      ? client.introspects.includes(presented.found.token.resource)
      : presented.found.family.clientId === client.clientId;
  return mine
    ? null
    : {
        reason: "audience.mismatch",
        cause: null,
        clientId: client.clientId,
        tokenId:
          presented.kind === "access"
            ? presented.found.token.tokenId
            : presented.found.tokenId,
        facts: { introspects: client.introspects.join(" ") },
      };
}

function describe(
  issuer: string,
  presented: Presented,
): Readonly<Record<string, unknown>> {
  if (presented.kind === "none") return {};
  if (presented.kind === "refresh") {
    const { family, grant } = presented.found;
    return {
      iss: issuer,
      client_id: family.clientId,
      sub: subjectOf(grant),
      scope: grant.scopes.join(" "),
      // Whichever comes first: its family's end, or that nobody used it.
      exp: seconds(
        Math.min(
          family.policy.expiresAt,
          family.lastUsedAt + family.policy.idleSeconds * 1000,
        ),
      ),
      token_type: "refresh_token",
      ...(family.jkt !== null && { cnf: { jkt: family.jkt } }),
    };
  }
  const { token } = presented.found;
  return {
    ...tokenClaims(issuer, token),
    token_type: token.jkt === null ? "Bearer" : "DPoP",
  };
}
