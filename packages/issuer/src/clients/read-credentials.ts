/** What a request shows of its client, and in which way: exactly one (RFC 6749 section 2.3). Nothing is checked yet. */
import type { Incoming } from "../incoming.ts";
import { decodeUnverified } from "@assay/token";
import { malformed, type Parameters } from "../endpoints/form.ts";
import { isBasic, readBasic } from "./basic-credentials.ts";
import { refuseClient } from "./refuse-client.ts";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export type Credentials =
  | { readonly method: "none"; readonly clientId: string }
  | {
      readonly method: "client_secret_basic" | "client_secret_post";
      /** null: it was not encoded, and cannot be read. */
      readonly clientId: string | null;
      readonly secret: string | null;
      /** As it stood in the header, before form-decoding; null in a form. */
      readonly raw: string | null;
    }
  | {
      readonly method: "assertion";
      /** As the form or the unverified assertion names it: good for finding keys, nothing else. null: it cannot be read. */
      readonly clientId: string | null;
      readonly assertion: string;
    };

/** Throws invalid_request for two ways at once or a damaged request, invalid_client for none. */
export function readCredentials(
  request: Incoming,
  form: Parameters,
): Credentials {
  const header = request.headers.get("authorization");
  const secret = form.get("client_secret");
  const assertion = readAssertion(form);
  const used = [
    ...(header === null
      ? []
      : [isBasic(header) ? "client_secret_basic" : "an Authorization header"]),
    ...(secret === null ? [] : ["client_secret_post"]),
    ...(assertion === null ? [] : ["client_assertion"]),
  ];
  if (used.length > 1)
    throw refuseClient({
      code: "invalid_request",
      description: `More than one way of client authentication: ${used.join(" and ")}.`,
      cause: "oauth.client_authentication_method",
      facts: { used: used.join(" ") },
    });
  if (header !== null) return fromHeader(header, form);
  const clientId = form.get("client_id");
  if (assertion !== null)
    return {
      method: "assertion",
      clientId: clientId ?? claimedClient(assertion),
      assertion,
    };
  if (clientId === null)
    throw secret === null
      ? refuseClient({
          description: "Client authentication is missing.",
          cause: "oauth.client_authentication_method",
          facts: { used: "" },
        })
      : malformed(
          "The parameter client_id is missing.",
          "missing",
          "client_id",
        );
  return secret === null
    ? { method: "none", clientId }
    : { method: "client_secret_post", clientId, secret, raw: null };
}

function fromHeader(header: string, form: Parameters): Credentials {
  if (!isBasic(header))
    throw refuseClient({
      description: "The Authorization header must have the scheme Basic here.",
      basic: true,
      cause: "oauth.client_authentication_method",
      facts: { used: "another scheme" },
    });
  const basic = readBasic(header);
  if (!basic)
    throw refuseClient({
      description:
        "The Authorization header must be Basic and base64 of id, colon and secret.",
      basic: true,
      cause: "oauth.request_format",
      facts: { how: "credentials_form", parameter: null },
    });
  const named = form.get("client_id");
  if (named !== null && basic.id !== null && named !== basic.id)
    throw refuseClient({
      code: "invalid_request",
      description: "client_id is not the client of the Authorization header.",
      cause: "oauth.client_authentication_method",
      facts: { used: "client_secret_basic", how: "two_clients" },
    });
  return {
    method: "client_secret_basic",
    clientId: basic.id,
    secret: basic.secret,
    raw: basic.raw,
  };
}

/** The assertion, which needs its type (RFC 7521 section 4.2). */
function readAssertion(form: Parameters): string | null {
  const type = form.get("client_assertion_type");
  if (type === null && form.get("client_assertion") === null) return null;
  const assertion = form.require("client_assertion");
  if (form.require("client_assertion_type") !== JWT_BEARER)
    throw refuseClient({
      description: `client_assertion_type must be ${JWT_BEARER}.`,
      cause: "oauth.client_authentication_method",
      facts: { used: "another assertion type" },
    });
  return assertion;
}

function claimedClient(assertion: string): string | null {
  const { claims } = decodeUnverified(assertion);
  const name = claims?.["iss"] ?? claims?.["sub"];
  return typeof name === "string" ? name : null;
}
