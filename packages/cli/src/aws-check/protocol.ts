/** Which language of AWS a request speaks: the answer must be in the same. */
import type { SeenRequest } from "./seen-request.ts";

export type Protocol = "s3" | "json" | "query" | "ec2" | "rest-json";

export interface Call {
  readonly protocol: Protocol;
  /** null: the path tells it, and nobody reads it here. */
  readonly operation: string | null;
}

const WORD = /^[A-Za-z]\w{0,80}$/;

export function callOf(seen: SeenRequest): Call {
  const { service } = seen;
  if (service?.startsWith("s3")) return { protocol: "s3", operation: null };
  const target = seen.header("x-amz-target");
  if (target !== null)
    return { protocol: "json", operation: word(target.split(".").at(-1)) };
  const operation = word(
    seen.query.get("Action") ??
      (/^[\w.%+-]{1,100}=/.test(seen.body.text ?? "")
        ? new URLSearchParams(seen.body.text ?? "").get("Action")
        : null),
  );
  if (operation !== null)
    return { protocol: service === "ec2" ? "ec2" : "query", operation };
  // Version 2 without an Action is S3's.
  return { protocol: seen.meansVersion2 ? "s3" : "rest-json", operation: null };
}

/** A stranger's text goes into the names of XML elements only as a plain word. */
const word = (text: string | null | undefined): string | null =>
  text && WORD.test(text) ? text : null;
