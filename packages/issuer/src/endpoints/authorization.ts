/** The authorization endpoint (RFC 6749 section 3.1): judges the request, lets the one configured account sign in, and sends the code. */
import type { Incoming } from "../incoming.ts";
import type { Exchange, Reply } from "../exchange.ts";
import { addressOf } from "../addresses.ts";
import { isThisMachine } from "../authorization/account.ts";
import {
  judgeRequest,
  RefusedRequest,
  UntrustedRequest,
  type AuthorizationRequest,
  type Returning,
} from "../authorization/authorization-request.ts";
import {
  problemPage,
  signInPage,
  type SignInPage,
} from "../authorization/pages.ts";
import type { Client } from "../clients/client.ts";
import { openRequest, sealRequest } from "../authorization/sealed-request.ts";
import { isClientId } from "../clients/client-id.ts";
import { findRedirectUri } from "../clients/redirect-uri.ts";
import { OAuthError } from "../errors.ts";
import { nobody, type IssuerContext } from "../issuer-context.ts";
import { makeOpaqueToken, newTokenId } from "../tokens/opaque-token.ts";
import { HANDLE } from "./answer.ts";
import { errorPage } from "./error-uri.ts";
import { readForm, readQuery, type Parameters } from "./form.ts";

/** GET, and POST of a form by a client (OpenID Connect Core section 3.1.2.1). */
export async function authorization(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  const asked = asking(http, context);
  return answering(asked, async () => {
    const { client, request } = await judgeRequest(
      context.store,
      naming(asked, readQuery(http.request.url)),
    );
    return signInPage({ ...pageOf(context, client, request), problem: null });
  });
}

/** The form of the sign-in page, or the request itself as a form. */
export async function signIn(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  const asked = asking(http, context);
  return answering(asked, async (account) => {
    const form = naming(asked, await readForm(http.request));
    const request = form.names().includes("client_id")
      ? (await judgeRequest(context.store, form)).request
      : openRequest(context, form.require("request"));
    if (!request)
      throw new UntrustedRequest(
        "The sign-in took too long. Go back to the application and begin again.",
      );
    asked.clientId = request.clientId;
    const found = await context.store.findClient(request.clientId);
    if (!found || found.client.disabledAt !== null)
      throw new UntrustedRequest("The client is not known here.");
    // Threat: an address that was taken from the client because it fell into other hands, in a page that was opened before.
    if (
      !found.client.grantTypes.includes("authorization_code") ||
      findRedirectUri(found.client.redirectUris, request.redirectUri) === null
    )
      throw new UntrustedRequest(
        "The application was changed meanwhile. Go back to it and begin again.",
      );
    const page = pageOf(context, found.client, request);
    if (form.names().includes("client_id"))
      return signInPage({ ...page, problem: null });
    refuseOtherPages(http.request);
    switch (account.check(form.get("name") ?? "", form.get("password") ?? "")) {
      case "wrong":
        return kept(
          asked,
          { code: "access_denied", message: "Name or password is not right." },
          (problem) => signInPage({ ...page, problem }),
        );
      case "paused":
        return kept(
          asked,
          {
            code: "access_denied",
            message: "Too many tries. Wait a minute and try again.",
          },
          (problem) => signInPage({ ...page, problem }),
        );
      case "right":
        return sendCode(http, context, request, account.name);
    }
  });
}

const pageOf = (
  context: IssuerContext,
  { name }: Client,
  request: AuthorizationRequest,
): Omit<SignInPage, "problem"> => ({
  clientName: name,
  redirectUri: request.redirectUri,
  scopes: request.scopes,
  sealed: sealRequest(context, request),
  action: addressOf(context.issuer, "authorization"),
});

/** One request, and the client that it names, as far as it got. */
interface Asked {
  readonly http: Exchange;
  readonly context: IssuerContext;
  clientId: string | null;
}

const asking = (http: Exchange, context: IssuerContext): Asked => ({
  http,
  context,
  clientId: null,
});

function naming(asked: Asked, parameters: Parameters): Parameters {
  const named = parameters.get("client_id");
  if (named !== null && isClientId(named)) asked.clientId = named;
  return parameters;
}

async function answering(
  asked: Asked,
  answer: (account: NonNullable<IssuerContext["account"]>) => Promise<Reply>,
): Promise<Reply> {
  const { http, context } = asked;
  const { account, issuer } = context;
  // Threat: one password for everybody, open to a network. Accounts of their own come later.
  if (!account)
    return problemPage(
      403,
      "Nobody can sign in here: the operator has configured no account.",
    );
  if (!isThisMachine(http.connection.ip) || isPassedOn(http.request))
    return kept(
      asked,
      {
        code: "access_denied",
        message:
          "The configured account can sign in from the server's own machine only.",
      },
      (message) => problemPage(403, message),
    );
  try {
    return await answer(account);
  } catch (error) {
    if (error instanceof UntrustedRequest)
      return kept(
        asked,
        { code: "invalid_request", message: error.message },
        (message) => problemPage(400, message),
      );
    if (error instanceof RefusedRequest)
      return kept(asked, error, (message) =>
        back(issuer, error, {
          error: error.code,
          error_description: message,
          error_uri: errorPage(issuer, error),
        }),
      );
    // A damaged request: nobody knows yet where it may be sent.
    if (error instanceof OAuthError)
      return kept(asked, error, (message) => problemPage(400, message));
    throw error;
  }
}

/** Threat: a proxy on this machine that was not named to the server: whatever it passes on seems to come from here. */
const isPassedOn = ({ headers }: Incoming): boolean =>
  ["forwarded", "x-forwarded-for", "via"].some((name) => headers.has(name));

/** Threat: a page of a stranger that tries passwords by way of a person's browser, or locks the person out (Fetch Metadata, section 2.3). */
function refuseOtherPages({ headers }: Incoming): void {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin")
    throw new UntrustedRequest("This form was not sent by the sign-in page.");
}

/** A refusal, told in the journal as those of the other endpoints are, and its answer with the handle. */
async function kept(
  { http, context, clientId }: Asked,
  {
    code,
    message,
    detail = { reason: null, cause: null },
  }: Pick<OAuthError, "code" | "message"> & Partial<Pick<OAuthError, "detail">>,
  answer: (message: string) => Response,
): Promise<Reply> {
  // Threat: a secret that was sent as client_id would stand in the journal. A name does that is a client's.
  const isKnown =
    clientId !== null && (await context.store.findClient(clientId)) !== null;
  const handle = context.handles.open({
    code,
    description: message,
    detail,
    endpoint: "authorization",
    clientId: isKnown ? clientId : null,
    authenticated: false,
    who: nobody(http.connection, http.request),
  });
  const response = answer(message);
  response.headers.set(HANDLE, handle);
  return response;
}

async function sendCode(
  http: Exchange,
  context: IssuerContext,
  request: AuthorizationRequest,
  subject: string,
): Promise<Reply> {
  const { clock, random, store, journal, options, issuer } = context;
  const now = clock();
  const grantId = newTokenId(random, now);
  const { text, digest } = makeOpaqueToken("code", random);
  const { clientId, redirectUri, codeChallenge, scopes, resources } = request;
  await store.storeCode(
    {
      grantId,
      clientId,
      subject,
      sessionId: newTokenId(random, now),
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
      { ...nobody(http.connection, http.request), subject, clientId },
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
