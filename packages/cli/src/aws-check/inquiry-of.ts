/** The request as an inquiry: for the judge who decides, and for the diagnosis that people read. */
import type { Inquiry } from "@assay/diagnosis";
import type { Answer } from "./answer.ts";
import type { Service } from "./decide.ts";
import type { SeenRequest } from "./seen-request.ts";

/**
 * With the secret and the service's clock, and no answer. S3 takes the declared hash for the signature and compares the body
 * afterwards, so there the body stays out, unless it comes in chunks, which have signatures of their own; and where it is no text or too
 * long, its hash stands for it.
 */
export function inquiryForJudge(
  seen: SeenRequest,
  { keys }: Service,
  now: number,
): Inquiry {
  const { body, contentSha256 } = seen;
  const isS3 = seen.scope?.service.startsWith("s3") ?? false;
  const inChunks = contentSha256?.startsWith("STREAMING-") ?? false;
  const text = isS3 && !inChunks ? null : body.text;
  const stands = text !== null || contentSha256 !== null || body.bytes === 0;
  return {
    request: {
      ...wire(seen),
      headers: {
        ...seen.headers,
        // The word of a presigned URL of S3 stands for any body.
        ...(!stands &&
          !(isS3 && seen.form === "query") && {
            "x-amz-content-sha256": body.sha256,
          }),
      },
      ...(text !== null && { body: text }),
    },
    now: new Date(now).toISOString(),
    context: { aws: { secretAccessKey: keys.secretAccessKey } },
  };
}

/** As somebody would ask who has the request and the answer; with the secret only where it is that of the key. */
export function inquiryForReader(
  seen: SeenRequest,
  answer: Answer,
  { keys }: Service,
  now: number,
): Inquiry {
  const isOwn = seen.scope?.keyId === keys.accessKeyId;
  return {
    request: {
      ...wire(seen),
      ...(seen.body.text !== null && { body: seen.body.text }),
    },
    response: answer,
    now: new Date(now).toISOString(),
    context: {
      aws: isOwn ? { secretAccessKey: keys.secretAccessKey } : {},
    },
  };
}

const wire = ({
  method,
  url,
  headers,
}: SeenRequest): Required<Pick<SeenRequest, "method" | "url" | "headers">> => ({
  method,
  url,
  headers,
});
