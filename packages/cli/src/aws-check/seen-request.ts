/** A request as it stood on the wire, and what it says of its own signature: enough to choose an error's name. The judge is the diagnosis. */
import type { IncomingMessage } from "node:http";
import type { Body } from "./receive-body.ts";

/** `AKID/YYYYMMDD/region/service/aws4_request`. */
export interface Scope {
  readonly keyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export interface SeenRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly url: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Body;
  readonly form: "header" | "query";
  /** null: the request names none that can be read. */
  readonly scope: Scope | null;
  /** Also of a scope that cannot be read whole. */
  readonly service: string | null;
  /** In small letters. */
  readonly signedHeaders: readonly string[];
  /** Whether it means to be signed with Version 4, readable or not. */
  readonly meansSigned: boolean;
  readonly meansVersion2: boolean;
  /** YYYYMMDDTHHMMSSZ; null: not of that form. */
  readonly amzDate: string | null;
  readonly sessionToken: string | null;
  readonly contentSha256: string | null;
  header(name: string): string | null;
}

export function seeRequest(
  message: IncomingMessage,
  body: Body,
  { host }: { readonly host: string },
): SeenRequest {
  const headers = headersOf(message.rawHeaders);
  const header = (name: string): string | null =>
    message.headersDistinct[name]?.[0]?.trim() ?? null;
  const target = message.url ?? "/";
  const question = target.indexOf("?");
  const query = new URLSearchParams(
    question < 0 ? "" : target.slice(question + 1),
  );
  const inQuery = ["X-Amz-Credential", "X-Amz-Signature"].some((name) =>
    query.has(name),
  );
  const authorization = header("authorization") ?? "";
  const credential = inQuery
    ? query.get("X-Amz-Credential")
    : (/Credential\s*=\s*([^,]{1,300})/.exec(
        authorization.slice(0, 4_000),
      )?.[1] ?? null);
  const scope = scopeOf(credential);
  const said = (name: string): string | null =>
    inQuery ? query.get(name) : header(name.toLowerCase());
  const date = said("X-Amz-Date") ?? "";
  return {
    method: message.method ?? "GET",
    target,
    path: question < 0 ? target : target.slice(0, question),
    query,
    url: target.startsWith("/") ? `http://${host}${target}` : target,
    headers,
    body,
    form: inQuery ? "query" : "header",
    scope,
    service:
      scope?.service ??
      /\/([a-z0-9-]{1,40})\/aws4_request/.exec(credential ?? "")?.[1] ??
      null,
    signedHeaders: (inQuery
      ? (query.get("X-Amz-SignedHeaders") ?? "")
      : (/SignedHeaders\s*=\s*([^,\s]{1,4000})/.exec(authorization)?.[1] ?? "")
    )
      .toLowerCase()
      .split(";"),
    meansSigned: inQuery || /AWS4-|Credential\s*=/.test(authorization),
    meansVersion2: /^AWS\s/.test(authorization) || query.has("AWSAccessKeyId"),
    amzDate: /^\d{8}T\d{6}Z$/.test(date) ? date : null,
    sessionToken: said("X-Amz-Security-Token"),
    contentSha256: said("X-Amz-Content-Sha256"),
    header,
  };
}

/** Repeated names stay repeated, and each name keeps its writing. */
function headersOf(raw: readonly string[]): Record<string, string[]> {
  const headers = Object.create(null) as Record<string, string[]>;
  for (let i = 0; i + 1 < raw.length; i += 2)
    (headers[raw[i] as string] ??= []).push(raw[i + 1] as string);
  return headers;
}

function scopeOf(credential: string | null): Scope | null {
  const parts = credential?.trim().split("/") ?? [];
  if (parts.length < 5 || parts.at(-1) !== "aws4_request") return null;
  const [date, region, service] = parts.slice(-4) as [string, string, string];
  const keyId = parts.slice(0, -4).join("/");
  return keyId === "" || !/^\d{8}$/.test(date)
    ? null
    : { keyId, date, region, service };
}
