/** A request as the inquiry has it, in the form of the wire. */
import { headerValues } from "@assay/token";
import type { RequestSeen } from "../inquiry.ts";
import type { WireRequest } from "./signature-v4/index.ts";

export function wireOf(request: RequestSeen): WireRequest {
  return {
    method: request.method ?? (request.body === undefined ? "GET" : "POST"),
    url: request.url ?? "",
    headers: Object.entries(request.headers ?? {}).flatMap(([name, value]) =>
      (typeof value === "string" ? [value] : value).map(
        (each) => [name, each] as const,
      ),
    ),
    body: request.body ?? null,
  };
}

export const headersOf = (
  request: RequestSeen | undefined,
  name: string,
): readonly string[] => headerValues(request ?? {}, name);

/** Host and port: of the header Host, else of the URL. */
export function hostOf(request: RequestSeen | undefined): string | null {
  return headersOf(request, "host")[0]?.trim() ?? urlHost(request?.url ?? "");
}

export const urlHost = (url: string): string | null =>
  /^[a-z]{2,8}:\/\/(?:[^/?#@]*@)?([^/?#]{1,300})/i.exec(url)?.[1] ?? null;

/** The parameters of a query, and of a form in the body, decoded. Repeated names: all values. */
export function parametersOf(
  request: RequestSeen | undefined,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const url = request?.url ?? "";
  const at = url.indexOf("?");
  const body = request?.body ?? "";
  const texts = [
    at < 0 ? "" : url.slice(at + 1).replace(/#.*$/s, ""),
    /^[\w.%+-]{1,100}=/.test(body) ? body : "",
  ];
  for (const [name, value] of texts.flatMap((text) => [
    ...new URLSearchParams(text),
  ])) {
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

/** The path as it stands in the URL. */
export const pathOf = (url: string): string =>
  /^[a-z]{2,8}:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? "";
