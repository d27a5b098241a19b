import { headerValues } from "@assay/token";
import type { Facts } from "../causes.ts";
import type { Investigation } from "../investigation.ts";
import { reasonsIn } from "./found-reasons.ts";

/** The name of a header that is a whole line: its colon is missing, so that everything stands in the name. */
const LINE_AS_NAME = /^authorization[ \t;=]+\S/i;

/** The token was never there: which of the ways of being absent it is. */
export function detectAbsent(i: Investigation): void {
  const { inquiry, context } = i;
  const explains = reasonsIn(i, "request", "format");
  const empty = i.found("format.empty");
  if (empty) {
    i.suspect("token.absent", {
      confidence:
        empty.length === 0 && context.clientToken === undefined
          ? "certain"
          : "likely",
      facts: { how: "empty" },
      explains,
      weight: 20,
    });
    return;
  }
  // "Bearer" alone as the token: the scheme was added twice to a variable without a value.
  if (/^(bearer|dpop)$/i.test(i.token?.text.trim() ?? ""))
    i.suspect("token.absent", {
      confidence: "likely",
      facts: { how: "scheme_only" },
      explains,
      weight: 20,
    });
  if (!i.found("request.token_missing")) return;
  const how = absence(inquiry);
  const expected =
    context.clientToken !== undefined ||
    inquiry.token !== undefined ||
    how === "answer_says_so";
  i.suspect("token.absent", {
    confidence:
      how === "header_without_colon"
        ? "certain"
        : expected && inquiry.request
          ? "possible"
          : "likely",
    facts: { how },
    explains,
    weight: 10,
  });
}

function absence({
  request,
  response,
}: Investigation["inquiry"]): Facts["token.absent"]["how"] {
  if (!request) return response ? "answer_says_so" : "header_missing";
  const [value] = headerValues(request, "authorization");
  // The request carries one, and the server says that none arrived.
  if (value !== undefined && /\S[ \t]+\S/.test(value)) return "answer_says_so";
  if (value !== undefined)
    return value.trim() === "" ? "header_empty" : "scheme_only";
  return Object.keys(request.headers ?? {}).some((name) =>
    LINE_AS_NAME.test(name),
  )
    ? "header_without_colon"
    : "header_missing";
}
