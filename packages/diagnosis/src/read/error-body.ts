/** The body of an AWS error alone, XML or JSON: what people copy from a browser or a log. */
import type { ResponseSeen } from "../inquiry.ts";
import { textOf } from "./json-members.ts";

const XML =
  /^\uFEFF?\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:ErrorResponse|Error|Response)[\s>]/;

/** Null when the text is no such XML. */
export const readErrorXml = (text: string): ResponseSeen | null =>
  XML.test(text) && /<Code>[\w.]{1,100}<\/Code>/.test(text)
    ? { body: text.trim() }
    : null;

/** Null when the JSON is no error of an AWS service (AWS JSON 1.0 and 1.1). Any other error stands where a token should. */
export const readErrorJson = (json: unknown): ResponseSeen | null =>
  textOf(json, "__type") === undefined ? null : { body: JSON.stringify(json) };
