/**
 * Where guards tell the journal what they saw: batches of audit events, as JSON, of a client that may introspect the tokens of the
 * resource. Threat: whoever could write here could hide what he did among what he made up; so it takes a secret, and nothing but the
 * events that a guard has, of the resources that are its own.
 */
import { addressOf } from "../addresses.ts";
import { authenticateClient } from "../clients/authenticate.ts";
import { authenticationContext } from "../clients/authentication-context.ts";
import { OAuthError } from "../errors.ts";
import type { Exchange, Reply } from "../exchange.ts";
import { nobody, type IssuerContext } from "../issuer-context.ts";
import { answerRefusal, NO_STORE, type Refused } from "./answer.ts";
import { requireProof } from "./client-form.ts";
import { malformed, Parameters, readBody } from "./form.ts";

/** Longest body, in bytes. */
const LONGEST = 256 * 1024;
/** Seconds after which a guard may go on, where too much came. */
const RETRY_AFTER = "5";
/** The client says who it is in the header: the body is no form. */
const NO_FORM = new Parameters(new Map());

export async function guardEvents(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  const { request } = http;
  let refused: Refused = {
    endpoint: "guard_events",
    who: nobody(http.connection, request),
    client: null,
  };
  try {
    const caller = await authenticateClient(
      authenticationContext(context),
      request,
      NO_FORM,
      addressOf(context.issuer, "guardEvents"),
    );
    const { clientId, introspects } = caller.client;
    refused = {
      ...refused,
      who: { ...refused.who, clientId },
      client: { id: clientId, proven: caller.authenticated },
    };
    requireProof(caller, "What a guard tells");
    checkMediaType(request.headers.get("content-type"));
    const body = await readBody(request, LONGEST, "body");
    const { readBatch } = await import("../guard-events/read-batch.ts");
    const batch = readBatch(body);
    if (!introspects.includes(batch.resource))
      throw new OAuthError(
        "invalid_target",
        "resource: expected one whose tokens this client may introspect.",
        { cause: "oauth.resource_unknown", clientId },
      );
    const next = await context.guardEvents.write(clientId, batch);
    context.written();
    return next === null
      ? http.json(
          {
            error: "temporarily_unavailable",
            error_description: "Too many events. Go on later.",
          },
          429,
          { ...NO_STORE, "retry-after": RETRY_AFTER },
        )
      : http.json({ next }, 200, NO_STORE);
  } catch (error) {
    return answerRefusal(http, context, error, refused);
  }
}

function checkMediaType(header: string | null): void {
  if (!/^application\/json *(?:;|$)/i.test(header ?? ""))
    throw malformed("Content-Type must be application/json.", "media_type");
}
