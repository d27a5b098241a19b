/** There is no signature of Version 4: an old one, another scheme, none at all, or a route that API Gateway does not know. */
import type { AwsCase } from "../aws-case.ts";
import { headersOf, pathOf } from "../wire.ts";

export function detectUnsigned(seen: AwsCase): void {
  if (oldSignature(seen)) return;
  if (seen.parsed || seen.problem || !seen.refused) return;
  if (unknownRoute(seen)) return;
  const { request } = seen.inquiry;
  if (!request || !seen.endpoint) {
    if (seen.meaning === "unsigned") missing(seen);
    return;
  }
  const values = headersOf(request, "authorization");
  if (values.length === 0) missing(seen);
  else {
    seen.find("request.header_malformed", {
      words: (values[0] ?? "").split(/\s+/).length,
    });
    seen.suspect(
      "aws.header_malformed",
      "likely",
      { problem: "other_scheme", part: null },
      ["request.header_malformed"],
      1,
    );
  }
}

function missing(seen: AwsCase): void {
  seen.find("request.token_missing", {
    scheme: "AWS4-HMAC-SHA256",
    headers: Object.keys(seen.inquiry.request?.headers ?? {}),
  });
  seen.suspect("token.absent", "likely", { how: "not_signed" }, [
    "request.token_missing",
  ]);
  seen.suspect(
    "transit.header_stripped",
    "possible",
    { by: null, header: "Authorization" },
    ["request.token_missing"],
  );
}

function oldSignature(seen: AwsCase): boolean {
  const { oldSignature: form, meaning, endpoint, host } = seen;
  if (form === null && meaning !== "version") return false;
  if (!seen.refused) return false;
  const wantsRegionSet = /AWS4-ECDSA-P256-SHA256/.test(
    seen.answer.message.slice(0, 400),
  );
  seen.find("request.scheme_unsupported", {
    expected: wantsRegionSet ? "AWS4-ECDSA-P256-SHA256" : "AWS4-HMAC-SHA256",
    found: form === "header" ? "AWS" : (seen.parsed?.algorithm ?? null),
  });
  seen.suspect(
    "aws.signature_version",
    "likely",
    {
      form: form ?? (wantsRegionSet ? "multi_region" : "answer"),
      host: endpoint?.host ?? host,
    },
    ["request.scheme_unsupported"],
    8,
  );
  return true;
}

/** What fits no route falls through to AWS's own handling, where a signature is due. */
function unknownRoute(seen: AwsCase): boolean {
  const { answer, meaning, endpoint, inquiry } = seen;
  const { request } = inquiry;
  const values = headersOf(request, "authorization");
  const isGateway =
    endpoint?.service === "execute-api" ||
    answer.byGateway ||
    (endpoint === null && meaning === "unknown_route");
  const said = /in Authorization header[^']{0,80}: '([A-Za-z]{3,20}) /.exec(
    answer.message.slice(0, 2_000),
  );
  const foreign =
    (values[0] !== undefined && !/AWS4-|Credential=/.test(values[0])) ||
    (said !== null && !/^AWS4|^Authorization$/i.test(said[1] ?? ""));
  const fallsThrough =
    meaning === "unknown_route" ||
    (foreign &&
      (meaning === "header" || answer.code === "IncompleteSignature"));
  if (!isGateway && !(foreign && said && !endpoint && fallsThrough))
    return false;
  if (!fallsThrough) return false;
  const withAuthorization = foreign && meaning !== "unknown_route";
  if (withAuthorization)
    seen.find("request.header_malformed", {
      words: (values[0] ?? "").split(/\s+/).filter(Boolean).length,
    });
  else
    seen.find("request.token_missing", {
      scheme: "AWS4-HMAC-SHA256",
      headers: Object.keys(request?.headers ?? {}),
    });
  seen.suspect(
    "aws.unknown_route",
    "likely",
    {
      host: seen.host,
      method: request?.method ?? null,
      path: request?.url === undefined ? null : pathOf(request.url),
      withAuthorization,
    },
    ["request.token_missing", "request.header_malformed"],
    5,
  );
  if (withAuthorization)
    seen.suspect(
      "aws.header_malformed",
      "possible",
      { problem: "other_scheme", part: null },
      ["request.header_malformed"],
    );
  return true;
}
