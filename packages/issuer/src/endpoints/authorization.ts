/** The authorization endpoint (RFC 6749 section 3.1): judges the request, lets the one configured account sign in, and sends the code. */
import type { Context } from "hono";
import { addressOf } from "../addresses.ts";
import { isThisMachine } from "../authorization/account.ts";
import {
  judgeRequest,
  RefusedRequest,
  UntrustedRequest,
  type AuthorizationRequest,
  type Returning,
} from "../authorization/authorization-request.ts";
import { problemPage, signInPage } from "../authorization/pages.ts";
import { openRequest, sealRequest } from "../authorization/sealed-request.ts";
import { OAuthError } from "../errors.ts";
import {
  nobody,
  type Connection,
  type IssuerContext,
} from "../issuer-context.ts";
import { makeOpaqueToken, newTokenId } from "../tokens/opaque-token.ts";
import { readForm, readQuery } from "./form.ts";

/** GET, and POST of a form by a client (OpenID Connect Core section 3.1.2.1). */
export async function authorization(
  http: Context,
  context: IssuerContext,
  connection: Connection,
): Promise<Response> {
  return answering(context, connection, async () => {
    const { client, request } = await judgeRequest(
      context.store,
      readQuery(http.req.url),
    );
    return signInPage({
      clientName: client.name,
      redirectUri: request.redirectUri,
      scopes: request.scopes,
      sealed: sealRequest(context, request),
      action: addressOf(context.issuer, "authorization"),
      problem: null,
    });
  });
}

/** The form of the sign-in page, or the request itself as a form. */
export async function signIn(
  http: Context,
  context: IssuerContext,
  connection: Connection,
): Promise<Response> {
  return answering(context, connection, async (account) => {
    const form = await readForm(http.req.raw);
    const request = form.names().includes("client_id")
      ? (await judgeRequest(context.store, form)).request
      : openRequest(context, form.require("request"));
    if (!request)
      throw new UntrustedRequest(
        "The sign-in took too long. Go back to the application and begin again.",
      );
    const found = await context.store.findClient(request.clientId);
    if (!found || found.client.disabledAt !== null)
      throw new UntrustedRequest("The client is not known here.");
    const page = {
      clientName: found.client.name,
      redirectUri: request.redirectUri,
      scopes: request.scopes,
      sealed: sealRequest(context, request),
      action: addressOf(context.issuer, "authorization"),
    };
    if (form.names().includes("client_id"))
      return signInPage({ ...page, problem: null });
    switch (account.check(form.get("name") ?? "", form.get("password") ?? "")) {
      case "wrong":
        return signInPage({
          ...page,
          problem: "Name or password is not right.",
        });
      case "paused":
        return signInPage({
          ...page,
          problem: "Too many tries. Wait a minute and try again.",
        });
      case "right":
        return sendCode(http, context, connection, request, account.name);
    }
  });
}

async function answering(
  { account, issuer }: IssuerContext,
  { ip }: Connection,
  answer: (account: NonNullable<IssuerContext["account"]>) => Promise<Response>,
): Promise<Response> {
  // Threat: one password for everybody, open to a network. Accounts of their own come later.
  if (!account)
    return problemPage(
      403,
      "Nobody can sign in here: the operator has configured no account.",
    );
  if (!isThisMachine(ip))
    return problemPage(
      403,
      "The configured account can sign in from the server's own machine only.",
    );
  try {
    return await answer(account);
  } catch (error) {
    if (error instanceof UntrustedRequest)
      return problemPage(400, error.message);
    if (error instanceof RefusedRequest)
      return back(issuer, error, {
        error: error.code,
        error_description: error.message,
      });
    // A damaged request: nobody knows yet where it may be sent.
    if (error instanceof OAuthError) return problemPage(400, error.message);
    throw error;
  }
}

async function sendCode(
  http: Context,
  context: IssuerContext,
  connection: Connection,
  request: AuthorizationRequest,
  subject: string,
): Promise<Response> {
  const { clock, random, store, journal, options, issuer } = context;
  const now = clock();
  const grantId = newTokenId(random);
  const { text, digest } = makeOpaqueToken("code", random);
  const { clientId, redirectUri, codeChallenge, scopes, resources } = request;
  await store.storeCode(
    {
      grantId,
      clientId,
      subject,
      sessionId: newTokenId(random),
      scopes,
      resources,
      createdAt: now,
      authenticatedAt: now,
      revokedAt: null,
    },
    {
      digest,
      grantId,
      clientId,
      redirectUri,
      codeChallenge,
      scopes,
      resources,
      nonce: request.nonce,
      dpopJkt: request.dpopJkt,
      issuedAt: now,
      expiresAt: now + options.codeSeconds * 1000,
    },
    await journal.entry(
      "code.issued",
      { clientId, grantId },
      { ...nobody(connection, http.req.raw), subject, clientId },
    ),
  );
  context.written();
  return back(issuer, request, { code: text });
}

/** 303: the browser goes on with GET and leaves the password behind (RFC 9700 section 4.12). iss: RFC 9207. */
function back(
  issuer: string,
  { redirectUri, state }: Returning,
  parameters: Readonly<Record<string, string>>,
): Response {
  const query = new URLSearchParams({
    ...parameters,
    ...(state !== null && { state }),
    iss: issuer,
  });
  // The registered text stays as it is; only what is ours goes behind it.
  const location = `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${query.toString()}`;
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store" },
  });
}
