/** What somebody pasted, as an inquiry: the first form that fits, and else a bare token. */
import type { Inquiry } from "../inquiry.ts";
import { readInquiry } from "../read-inquiry.ts";
import { readAuthorization } from "./authorization.ts";
import { readCurl } from "./curl.ts";
import { readHttpMessage } from "./http-message.ts";

export type PastedForm =
  | "token"
  | "authorization"
  | "curl"
  | "http-request"
  | "http-response"
  | "http-exchange"
  | "inquiry";

export interface Pasted {
  readonly inquiry: Inquiry;
  readonly form: PastedForm;
}

/**
 * Reads what people have at hand: a bare token, an Authorization line, a curl command, an HTTP request or response, or an inquiry
 * as JSON. Never throws: a text of no other form is a token, exactly as it was pasted but for one final line end. Its quotation
 * marks, blanks and damage stay, because they are what a diagnosis looks for. Takes time linear in the length of the text.
 */
export function readPasted(text: string): Pasted {
  const inquiry = readJsonInquiry(text);
  if (inquiry) return { inquiry, form: "inquiry" };
  const curl = readCurl(text);
  if (curl) return { inquiry: curl, form: "curl" };
  const request = readAuthorization(text);
  if (request) return { inquiry: { request }, form: "authorization" };
  const message = readHttpMessage(text);
  if (message) {
    const form = message.request
      ? message.response
        ? "http-exchange"
        : "http-request"
      : "http-response";
    return { inquiry: message, form };
  }
  return { inquiry: { token: text.replace(/\r?\n$/, "") }, form: "token" };
}

/** Any other JSON is no inquiry but what came instead of a token: the answer of a token endpoint, say. */
function readJsonInquiry(text: string): Inquiry | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const inquiry = readInquiry(JSON.parse(text));
    return Object.keys(inquiry).length > 0 ? inquiry : null;
  } catch {
    return null;
  }
}
