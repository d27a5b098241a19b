import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { saysTooLarge } from "../testimony-size.ts";

/** Browsers keep no cookie longer than this, in bytes, and say nothing (RFC 6265 section 6.1 asks for at least so much). */
const COOKIE_LIMIT = 4_096;

export function detectTooLarge(i: Investigation): void {
  const { request, response } = i.inquiry;
  const explains = ["format.too_large", "request.token_missing"] as const;
  if (saysTooLarge(i.inquiry)) {
    const bytes = request
      ? headerBytes(request)
      : (i.token?.text.length ?? null);
    i.suspect("transit.too_large", {
      confidence: "likely",
      facts: { status: response?.status ?? null, bytes },
      explains,
      weight: 80,
    });
    return;
  }
  const held = i.context.clientToken?.length ?? 0;
  const byCookie =
    headerValues(request ?? {}, "cookie").length > 0 ||
    headerValues({ headers: response?.headers ?? {} }, "set-cookie").length > 0;
  if (
    request &&
    held > COOKIE_LIMIT - 100 &&
    i.found("request.token_missing")
  ) {
    i.suspect("transit.too_large", {
      confidence: byCookie ? "likely" : "possible",
      facts: { status: null, bytes: held },
      explains,
      weight: byCookie ? 50 : 10,
    });
  }
}

/** What the header block takes on the wire, near enough: names, values, colons and line ends. */
function headerBytes(request: {
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}): number {
  const fields = Object.entries(request.headers ?? {}).flatMap(
    ([name, value]) =>
      [value].flat().map((each) => name.length + each.length + 4),
  );
  return fields.reduce((sum, size) => sum + size, request.url?.length ?? 0);
}
