import type { PastedForm } from "@assay/diagnosis";

/** What a text was read as, in words. */
export const FORM_NAMES: Readonly<Record<PastedForm, string>> = {
  token: "a bare token",
  authorization: "an Authorization header",
  curl: "a curl command",
  "http-request": "an HTTP request",
  "http-response": "an HTTP response",
  "http-exchange": "an HTTP request and its response",
  inquiry: "an inquiry",
};
