/** The authorization requests that stand in context.documents under their URLs, and which of them brought the code. */
import { headerValues } from "@assay/token";
import type { Document } from "../inquiry.ts";
import { pairsOf } from "./parameters.ts";

export interface AuthorizationSeen {
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  /** Date of the answer that brought the code, seconds since the epoch; null: not known. */
  readonly at: number | null;
}

export interface AuthorizationsSeen {
  /** The one that the code came from; null: it is not among them, or cannot be told. */
  readonly own: AuthorizationSeen | null;
  readonly others: readonly AuthorizationSeen[];
}

/** More sign-ins than this are not compared. */
const MOST = 50;

export function authorizationsIn(
  documents: Readonly<Record<string, Document>>,
  code: string | null,
  state: string | null,
): AuthorizationsSeen {
  const seen = Object.entries(documents)
    .filter(([url]) => /[?&](?:response_type|code_challenge)=/.test(url))
    .slice(0, MOST)
    .map(([url, document]) => read(url, document));
  const own =
    seen.find(({ codes }) => code !== null && codes.includes(code)) ??
    seen.find(
      ({ parameters }) =>
        state !== null && parameters.get("state")?.[0] === state,
    ) ??
    (seen.length === 1 && seen[0]?.codes.length === 0 ? seen[0] : undefined) ??
    null;
  return { own, others: seen.filter((each) => each !== own) };
}

function read(
  url: string,
  document: Document,
): AuthorizationSeen & { readonly codes: readonly string[] } {
  const parameters = pairsOf(
    url.slice(url.indexOf("?") + 1).split("#", 1)[0] ?? "",
  );
  const headers = { headers: document.headers ?? {} };
  const [location = ""] = headerValues(headers, "location");
  const back = pairsOf(
    `${location} ${formAction(document.body ?? "")}`
      .split(/[?#]/)
      .slice(1)
      .join("&")
      .trim(),
  );
  const date = Date.parse(headerValues(headers, "date")[0] ?? "");
  return {
    parameters,
    codes: [...(back.get("code") ?? []), ...postedCodes(document.body ?? "")],
    at: Number.isNaN(date) ? null : date / 1000,
  };
}

const formAction = (body: string): string =>
  /\b(?:action|href)="([^"]{1,2000})"/i.exec(body.slice(0, 20_000))?.[1] ?? "";

/** response_mode=form_post: the code stands in a hidden field. */
function postedCodes(body: string): readonly string[] {
  const value = /name="code"[^<>]{0,80}value="([^"]{1,2000})"/i.exec(
    body.slice(0, 20_000),
  )?.[1];
  return value === undefined ? [] : [value];
}
