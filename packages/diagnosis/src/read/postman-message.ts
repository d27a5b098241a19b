/** A request and an answer as Postman's formats hold them, collection and run report alike (Postman Collection 2.1). */
import type { InquiryContext, RequestSeen, ResponseSeen } from "../inquiry.ts";
import { basicAuthorization } from "./basic-authorization.ts";
import { HeaderList } from "./header-list.ts";
import { listOf, memberOf, numberOf, textOf } from "./json-members.ts";

/** Puts values in the place of variables. */
export type Fill = (text: string) => string;

export function postmanRequest(
  request: unknown,
  inherited: unknown,
  fill: Fill,
): RequestSeen {
  // A request may be its URL alone.
  if (typeof request === "string") return { method: "GET", url: fill(request) };
  const headers = new HeaderList();
  for (const [name, value] of pairs(memberOf(request, "header")))
    headers.add(fill(name), fill(value));
  const auth = memberOf(request, "auth") ?? inherited;
  const settings = authSettings(auth, fill);
  const url = urlOf(memberOf(request, "url"), fill);
  const type = textOf(auth, "type");
  const prefix = settings["headerPrefix"] ?? settings["tokenType"] ?? "Bearer";
  if (type === "bearer")
    headers.addDefault("Authorization", `Bearer ${settings["token"] ?? ""}`);
  else if (type === "oauth2" && settings["addTokenTo"] !== "queryParams")
    headers.addDefault(
      "Authorization",
      `${prefix.trim()} ${settings["accessToken"] ?? ""}`,
    );
  else if (type === "basic")
    headers.addDefault(
      "Authorization",
      basicAuthorization(
        `${settings["username"] ?? ""}:${settings["password"] ?? ""}`,
      ),
    );
  else if (type === "apikey" && settings["in"] !== "query")
    headers.addDefault(settings["key"] ?? "", settings["value"] ?? "");
  const body = bodyOf(memberOf(request, "body"), fill);
  return {
    method: textOf(request, "method") ?? "GET",
    ...(url !== "" && { url }),
    headers: headers.toMap(),
    ...(body !== "" && { body }),
  };
}

/** What Postman signs with, as the environment that the AWS readings know. */
export function postmanAws(
  auth: unknown,
  fill: Fill,
): InquiryContext | undefined {
  if (textOf(auth, "type") !== "awsv4") return undefined;
  const { accessKey, secretKey, sessionToken, region } = authSettings(
    auth,
    fill,
  );
  const environment = {
    ...(accessKey !== undefined && { AWS_ACCESS_KEY_ID: accessKey }),
    ...(secretKey !== undefined && { AWS_SECRET_ACCESS_KEY: secretKey }),
    ...(sessionToken !== undefined &&
      sessionToken !== "" && { AWS_SESSION_TOKEN: sessionToken }),
    ...(region !== undefined && region !== "" && { AWS_REGION: region }),
  };
  return { aws: { environment } };
}

export function postmanResponse(response: unknown): ResponseSeen | undefined {
  const status = numberOf(response, "code");
  if (status === undefined) return undefined;
  const headers = new HeaderList();
  for (const [name, value] of pairs(memberOf(response, "header")))
    headers.add(name, value);
  const body =
    textOf(response, "body") ??
    bufferText(listOf(memberOf(response, "stream"), "data"));
  return {
    status,
    ...(headers.size > 0 && { headers: headers.toMap() }),
    ...(body !== "" && { body }),
  };
}

/** A run report holds a body as the numbers of its bytes. */
const bufferText = (data: readonly unknown[]): string =>
  new TextDecoder().decode(
    Uint8Array.from(data, (byte) => (typeof byte === "number" ? byte : 0)),
  );

export function headerIn(headers: unknown, name: string): string | undefined {
  return pairs(headers).find(([own]) => own.toLowerCase() === name)?.[1];
}

function pairs(list: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(list)) return [];
  return list
    .filter((pair) => memberOf(pair, "disabled") !== true)
    .map((pair): [string, string] => [
      textOf(pair, "key") ?? "",
      textOf(pair, "value") ?? "",
    ])
    .filter(([key]) => key !== "");
}

/** Collection 2.1 has a list of pairs, 2.0 an object. */
function authSettings(
  auth: unknown,
  fill: Fill,
): Readonly<Record<string, string | undefined>> {
  const own = memberOf(auth, textOf(auth, "type") ?? "");
  const entries = Array.isArray(own)
    ? pairs(own)
    : Object.entries(typeof own === "object" && own !== null ? own : {});
  return Object.fromEntries(
    entries
      .filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      )
      .map(([key, value]) => [key, fill(value)]),
  );
}

export function urlOf(url: unknown, fill: Fill): string {
  const raw = typeof url === "string" ? url : textOf(url, "raw");
  if (raw !== undefined) return fill(raw);
  const part = (name: string, by: string): string =>
    textOf(url, name) ??
    listOf(url, name)
      .filter((piece) => typeof piece === "string")
      .join(by);
  const host = part("host", ".");
  if (host === "") return "";
  const protocol = textOf(url, "protocol") ?? "http";
  const port = textOf(url, "port");
  const query = pairs(memberOf(url, "query"))
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
  return fill(
    `${protocol}://${host}${port === undefined ? "" : `:${port}`}/${part("path", "/")}${query === "" ? "" : `?${query}`}`,
  );
}

function bodyOf(body: unknown, fill: Fill): string {
  const mode = textOf(body, "mode");
  if (mode === "raw") return fill(textOf(body, "raw") ?? "");
  if (mode !== "urlencoded") return "";
  const form = new URLSearchParams();
  for (const [name, value] of pairs(memberOf(body, "urlencoded")))
    form.append(fill(name), fill(value));
  return form.toString();
}
