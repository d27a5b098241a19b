/** A request as Bruno's formats hold it, .bru and YAML alike, made into the one that Bruno would send. */
import type { InquiryContext, RequestSeen } from "../inquiry.ts";
import { basicAuthorization } from "./basic-authorization.ts";
import { hopOfCommand } from "./command-hop.ts";
import type { Hop } from "./failing-exchange.ts";
import { HeaderList } from "./header-list.ts";

export interface BrunoRequest {
  /** undefined: the settings of a collection, without a request. */
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Iterable<readonly [name: string, value: string]>;
  readonly auth: BrunoAuth;
  readonly body: string;
}

export interface BrunoAuth {
  /** inherit: from a folder or collection that nobody has shown. */
  readonly mode: string;
  readonly settings: ReadonlyMap<string, string>;
}

export function hopOfBruno(asked: BrunoRequest): Hop {
  const { auth, url, body } = asked;
  const headers = new HeaderList();
  for (const [name, value] of asked.headers) headers.add(name, value);
  const authorization = authorizationOf(auth);
  if (authorization !== null)
    headers.addDefault("Authorization", authorization);
  const { mode, settings } = auth;
  if (mode === "apikey" && !settings.get("placement")?.startsWith("query"))
    headers.addDefault(settings.get("key") ?? "", settings.get("value") ?? "");
  const request: RequestSeen = {
    ...(asked.method !== undefined && { method: asked.method.toUpperCase() }),
    ...(url !== undefined && { url }),
    headers: headers.toMap(),
    ...(body !== "" && { body }),
  };
  // Without credentials that come from elsewhere the request would look as if it carried none.
  const unknown = mode === "inherit" && !headers.has("authorization");
  return {
    ...hopOfCommand(request),
    request: () => (unknown ? undefined : request),
    context: () => contextOf(auth),
  };
}

function authorizationOf({ mode, settings }: BrunoAuth): string | null {
  if (mode === "bearer") return `Bearer ${settings.get("token") ?? ""}`;
  if (mode !== "basic") return null;
  return basicAuthorization(
    `${settings.get("username") ?? ""}:${settings.get("password") ?? ""}`,
  );
}

const AWS_NAMES: readonly (readonly [string, string])[] = [
  ["accessKeyId", "AWS_ACCESS_KEY_ID"],
  ["secretAccessKey", "AWS_SECRET_ACCESS_KEY"],
  ["sessionToken", "AWS_SESSION_TOKEN"],
  ["region", "AWS_REGION"],
];

/** What Bruno signs with, as the environment that the AWS readings know. */
function contextOf({ mode, settings }: BrunoAuth): InquiryContext | undefined {
  if (mode !== "awsv4") return undefined;
  const environment = AWS_NAMES.flatMap(([own, name]) => {
    const value = settings.get(own);
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  const profile = settings.get("profileName");
  const aws = {
    ...(environment.length > 0 && {
      environment: Object.fromEntries(environment),
    }),
    ...(profile !== undefined && profile !== "" && { profile }),
  };
  return Object.keys(aws).length > 0 ? { aws } : undefined;
}
