/** The faults of a request's form that keep a server from reading its parameters at all. */
import type { OauthFacts } from "./facts.ts";

export const UNREADABLE: ReadonlySet<
  OauthFacts["oauth.request_format"]["how"]
> = new Set(["json", "multipart", "media_type", "query", "method"]);
