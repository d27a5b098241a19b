/** Several HTTP messages behind one another, as `curl -iL` and HTTPie show a redirect: each request with its answer. */
import { headerValues } from "@assay/token";
import type { RequestSeen, ResponseSeen } from "../inquiry.ts";
import { hopOfCommand } from "./command-hop.ts";
import type { Hop } from "./failing-exchange.ts";
import type { HttpMessage } from "./http-message.ts";

interface Exchange {
  request?: RequestSeen;
  response?: ResponseSeen;
}

/** An answer belongs to the request before it; one behind another answer, to a request that is not shown. */
export function hopsOfMessages(
  messages: readonly HttpMessage[],
): readonly Hop[] {
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    const last = exchanges.at(-1);
    if ("request" in message) exchanges.push({ ...message });
    else if (last && (!last.response || isInterim(last.response)))
      last.response = message.response;
    else exchanges.push({ ...message });
  }
  let location: string | undefined;
  return exchanges.map(({ request, response }) => {
    const seen = request && followed(request, location);
    const url = seen?.url ?? (request ? "" : location) ?? "";
    location = URL.parse(
      headerValues(response ?? {}, "location")[0] ?? "",
      url === "" ? undefined : url,
    )?.href;
    const hop = hopOfCommand(seen ?? {}, response);
    return { ...hop, url, request: () => seen };
  });
}

/** 100 Continue and its like come before the answer (RFC 9110 section 15.2). */
const isInterim = ({ status = 200 }: ResponseSeen): boolean => status < 200;

/** A message does not tell its scheme; the redirect that led to it does. */
function followed(request: RequestSeen, location?: string): RequestSeen {
  const bare = (url: string | undefined): string | undefined =>
    url?.replace(/^https?:/, "");
  return location !== undefined && bare(location) === bare(request.url)
    ? { ...request, url: location }
    : request;
}
