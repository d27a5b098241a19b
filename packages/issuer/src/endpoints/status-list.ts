/** One Status List Token (draft-ietf-oauth-status-list-21 section 8). Public: an index tells nothing of a token, its owner or its time. */
import type { Exchange, Reply } from "../exchange.ts";
import { nobody, type IssuerContext } from "../issuer-context.ts";
import { accepts } from "./accepts.ts";
import { answerRefusal } from "./answer.ts";

const MEDIA_TYPE = "application/statuslist+jwt";

export async function statusList(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  const request = http.request;
  const plain = { "cache-control": "no-store" };
  if (!accepts(request.headers.get("accept") ?? "", FORMS))
    return http.text(`This list is ${MEDIA_TYPE} only.\n`, 406, plain);
  // Section 8.4: what the list said at another time is not kept.
  if (http.query("time")[0] !== undefined)
    return http.text("Only the present list is kept.\n", 501, plain);
  try {
    const token = await context.statusLists.token(http.parameter);
    if (!token) return http.text("There is no such list.\n", 404, plain);
    const { jwt, etag, maxAge } = token;
    const headers = {
      "cache-control": `public, max-age=${maxAge}`,
      etag,
      vary: "Accept",
    };
    if (isKnown(request.headers.get("if-none-match"), etag))
      return http.body(null, 304, headers);
    return http.body(jwt, 200, { ...headers, "content-type": MEDIA_TYPE });
  } catch (error) {
    return answerRefusal(http, context, error, {
      endpoint: "status_list",
      who: nobody(http.connection, request),
      client: null,
    });
  }
}

/** Section 8.1: there is one form. */
const FORMS = [MEDIA_TYPE, "application/*", "*/*", ""];

const isKnown = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch !== null &&
  ifNoneMatch
    .split(",")
    .some((one) => [etag, "*"].includes(one.trim().replace(/^W\//, "")));
