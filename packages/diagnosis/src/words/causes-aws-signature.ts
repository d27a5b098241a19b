import { tell, type Family } from "./cause-words.ts";
import { names } from "./lists.ts";
import { quoted } from "./untrusted.ts";

type OfSignature =
  | "aws.region"
  | "aws.service"
  | "aws.host_rewritten"
  | "aws.header_altered"
  | "aws.path_encoding"
  | "aws.payload_mismatch"
  | "aws.secret_wrong";

/** Words for the causes of requests to AWS that concern what was signed. */
export const AWS_SIGNATURES: Pick<Family<"aws">, OfSignature> = {
  "aws.region": ({ found, expected, host, missing }) =>
    tell(
      missing
        ? "No region is set to sign for."
        : "The request was signed for another region.",
      [
        missing
          ? "the tool says that it knows no region, and sends nothing"
          : found === null
            ? "the answer says that the region is not the right one"
            : `the request is signed for ${quoted(found)}`,
        expected !== null && `the endpoint is of ${quoted(expected)}`,
        host !== null && `the host is ${quoted(host)}`,
      ],
      missing
        ? "Set AWS_REGION, or region in the profile, or hand the region to the client. JavaScript and Java do not read AWS_DEFAULT_REGION, which the AWS CLI and boto3 do."
        : expected === null
          ? "Sign for the region of the endpoint that you call: derive it from the host, not from where the program runs."
          : `Sign for ${quoted(expected)}, or call the endpoint of the region that you sign for.`,
    ),
  "aws.service": ({ found, expected, host }) =>
    tell(
      "The request was signed for another service.",
      [
        found === null
          ? "the answer says that the service is not the right one"
          : `the credential scope names ${quoted(found)}`,
        expected !== null && `the endpoint is ${quoted(expected)}`,
        host !== null && `the host is ${quoted(host)}`,
      ],
      expected === null
        ? "Sign with the signing name of the service. It often differs from the first word of the host."
        : `Sign with the name ${quoted(expected)}.`,
    ),
  "aws.host_rewritten": ({ signed, found }, confidence) =>
    tell(
      "Something on the way changed Host after signing.",
      [
        signed === null || found === null
          ? "the host in the request may not be the one that was signed"
          : `signed was ${quoted(signed)}, found ${quoted(found)}`,
        confidence === "certain" &&
          "the signature comes out with the host that was signed",
      ],
      "Let the proxy hand on the host as it came: in nginx proxy_set_header Host $http_host, in Apache ProxyPreserveHost On.",
    ),
  "aws.header_altered": ({ header, how, traces }, confidence) =>
    tell(
      how === "not_signed"
        ? "A header was sent that was not signed."
        : how === "form_field"
          ? "A field of the upload form is not as its policy demands."
          : "A signed header was changed on the way.",
      [
        header === null
          ? "a signed header may have been changed"
          : `it concerns the ${how === "form_field" ? "field" : "header"} ${quoted(header)}`,
        confidence === "certain" &&
          how !== "form_field" &&
          "the signature comes out when it is as it was signed",
        traces.length > 0 && `traces of a proxy: ${names(traces)}`,
      ],
      how === "not_signed"
        ? "Set all x-amz headers before you sign, and with a presigned upload send exactly those that were signed."
        : how === "form_field"
          ? "Send exactly the fields that the policy names, each with the value that it allows, before the file. Where a field may vary, let the policy say starts-with."
          : "Sign few headers: host, content-type and those that begin with x-amz-. Let the proxy pass on unchanged what is signed.",
    ),
  "aws.path_encoding": ({ part }, confidence) =>
    tell(
      part === "path"
        ? "The path was encoded in another way than it was signed."
        : "The query was encoded in another way than it was signed.",
      [
        confidence === "certain"
          ? "the signature comes out with another writing of it"
          : "it holds characters that can be written in several ways",
      ],
      "Use the SDK's signer, and tell it the service: S3 encodes the path once, all others twice. Send the very text that you signed.",
    ),
  "aws.payload_mismatch": ({ how, chunk }) =>
    tell(
      "The body is not the one that was signed.",
      [
        {
          other: "the hash that was signed is not that of the body",
          empty_signed:
            "the hash of an empty body was signed, and a body was sent",
          service_says: "the service computed another hash of the body",
          chunk: `the signature of chunk ${chunk ?? 1} is not that of its content`,
          trailer:
            "the chunks are as they were signed, and the trailer behind them is not",
          not_chunked:
            "the header says that the body is sent in signed chunks, and it is not built so",
          cut: "the body ends before its last chunk",
        }[how],
      ],
      "Make the body final, as bytes, then hash and sign, then send those very bytes. Variables, compression and serialising come before.",
    ),
  "aws.secret_wrong": ({ keyId, tried, sameText, verifiedBy }) =>
    tell(
      "The secret does not belong to the key id.",
      [
        keyId !== null && `the key id is ${quoted(keyId)}`,
        verifiedBy === "other_profile"
          ? "the signature comes out with the secret of another key"
          : verifiedBy === "key_id"
            ? "the signature comes out with the key id in place of the secret"
            : tried
              ? "the signature does not come out with the known secret, and no single change explains it"
              : "the service computed another signature, and nothing else explains it",
        sameText &&
          "the text that the service signed is the text of this request",
      ],
      "Set key id and secret anew, both, from one and the same record. If no record is left, make a new key.",
    ),
};
