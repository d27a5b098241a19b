/** What was signed and what arrived, for each kind of difference. */
import { createHash } from "node:crypto";
import type {
  Difference,
  DifferenceHints,
  WireRequest,
} from "../src/aws/signature-v4/index.ts";

export const SECRET = "q8Zr+Example/Example0Example1Example2Exa";
export const DATE = "20260305T101112Z";
export const sha256 = (data: string): string =>
  createHash("sha256").update(data).digest("hex");

export interface Case {
  /** As it was when it was signed. */
  readonly signed?: Partial<WireRequest>;
  /** As it arrives; what is left out is as it was signed. */
  readonly sent?: Partial<WireRequest>;
  readonly service?: string;
  readonly region?: string;
  /** The signer's own canonical request, if it is a wrong one. */
  readonly canonical?: (right: string) => string;
  readonly signersSecret?: string;
  readonly knownSecret?: string;
  readonly stringToSignDate?: string;
  readonly hints?: DifferenceHints;
  readonly presigned?: readonly string[];
}

const header = (
  request: WireRequest,
  name: string,
  value: string | null,
): WireRequest["headers"] => [
  ...request.headers.filter(([own]) => own.toLowerCase() !== name),
  ...(value === null ? [] : [[name, value] as const]),
];

export const BASE: WireRequest = {
  method: "GET",
  url: "https://s3.example.org/bucket/a%20b.txt?versionId=7&acl",
  headers: [
    ["host", "s3.example.org"],
    ["x-amz-date", DATE],
    ["accept-encoding", "identity"],
    ["content-type", "application/json"],
  ],
  body: null,
};

const url = (from: string, to: string): Partial<WireRequest> => ({
  url: BASE.url.replace(from, to),
});
export const posted = (body: string): Partial<WireRequest> => ({
  method: "POST",
  body,
});
const secondLine =
  (form: (path: string) => string) =>
  (text: string): string =>
    text.replace(/\n(.*)\n/, (_, path: string) => `\n${form(path)}\n`);
const thirdLine =
  (form: (query: string) => string) =>
  (text: string): string => {
    const lines = text.split("\n");
    lines[2] = form(lines[2] as string);
    return lines.join("\n");
  };
const lastLine =
  (payload: string) =>
  (text: string): string =>
    text.replace(/[^\n]*$/, payload);
export const hosted = (host: string, more: WireRequest["headers"] = []) => ({
  headers: [...header(BASE, "host", host), ...more],
});

export const CASES: Readonly<
  Record<string, readonly [Difference["kind"], string, Case]>
> = {
  "a host that a proxy wrote down": [
    "host",
    "name",
    { sent: hosted("minio:9000", [["X-Forwarded-Host", "s3.example.org"]]) },
  ],
  "the host of the URL": ["host", "name", { sent: hosted("upstream") }],
  "a host that is hinted": [
    "host",
    "name",
    {
      sent: { ...hosted("a.example"), url: "https://a.example/bucket/x" },
      signed: { url: "https://s3.example.org/bucket/x" },
      hints: { hosts: ["https://s3.example.org"] },
    },
  ],
  "a port put off": [
    "host",
    "port",
    { signed: hosted("s3.example.org:9000"), sent: hosted("s3.example.org") },
  ],
  "a port put on": ["host", "port", { sent: hosted("s3.example.org:8443") }],
  "an inside name in a link": [
    "host",
    "name",
    {
      presigned: ["X-Amz-Expires=900"],
      signed: { headers: [["host", "minio:9000"]] },
      sent: { headers: [["host", "files.example.org"]] },
    },
  ],
  "host and prefix": [
    "host",
    "name_and_path",
    {
      signed: { url: "https://s3.example.org/store/bucket/a.txt" },
      sent: {
        ...hosted("minio:9000", [["X-Forwarded-Host", "s3.example.org"]]),
        url: "https://minio:9000/bucket/a.txt",
      },
      hints: { paths: ["/store"] },
    },
  ],
  "the bucket moved from the host into the path": [
    "host",
    "name_and_path",
    {
      signed: {
        ...hosted("bucket.s3.example.org"),
        url: "https://bucket.s3.example.org/a.txt",
      },
      sent: {
        ...hosted("s3.example.org"),
        url: "https://s3.example.org/bucket/a.txt",
      },
    },
  ],
  "the bucket moved from the path into the host": [
    "host",
    "name_and_path",
    {
      signed: { url: "https://s3.example.org/bucket/a.txt" },
      sent: {
        ...hosted("bucket.s3.example.org"),
        url: "https://bucket.s3.example.org/a.txt",
      },
    },
  ],
  "a coding changed by a proxy": [
    "header",
    "accept-encoding:changed",
    { sent: { headers: header(BASE, "accept-encoding", "gzip, br") } },
  ],
  "a charset put on": [
    "header",
    "content-type:changed",
    {
      sent: {
        headers: header(
          BASE,
          "content-type",
          "application/json; charset=utf-8",
        ),
      },
    },
  ],
  "a hop put on": [
    "header",
    "x-forwarded-for:appended",
    {
      signed: { headers: [...BASE.headers, ["x-forwarded-for", "192.0.2.7"]] },
      sent: {
        headers: [...BASE.headers, ["x-forwarded-for", "192.0.2.7, 192.0.2.9"]],
      },
    },
  ],
  "a header that is hinted": [
    "header",
    "x-amz-meta-name:changed",
    {
      signed: { headers: [...BASE.headers, ["x-amz-meta-name", "one"]] },
      sent: { headers: [...BASE.headers, ["x-amz-meta-name", "two"]] },
      hints: { headers: [["X-Amz-Meta-Name", "one"]] },
    },
  ],
  "blanks kept": [
    "header",
    "x-amz-meta-name:blanks_kept",
    {
      signed: { headers: [...BASE.headers, ["x-amz-meta-name", "a  b"]] },
      canonical: (text) => text.replace("name:a b", "name:a  b"),
    },
  ],
  "S3's path encoded twice": [
    "path_encoding",
    "encoded_twice",
    { canonical: secondLine((path) => path.replaceAll("%", "%25")) },
  ],
  "another service's path encoded once": [
    "path_encoding",
    "encoded_once",
    {
      service: "execute-api",
      canonical: secondLine((path) => path.replaceAll("%25", "%")),
    },
  ],
  "a path that was not normalised": [
    "path_encoding",
    "not_normalized",
    {
      service: "execute-api",
      signed: url("/bucket/", "/bucket//"),
      canonical: secondLine((path) => path.replace("bucket/", "bucket//")),
    },
  ],
  "slashes merged for S3": [
    "path_encoding",
    "normalized",
    {
      signed: url("/bucket/", "/bucket//"),
      canonical: secondLine((path) => path.replace("//", "/")),
    },
  ],
  "a path that was not encoded": [
    "path_encoding",
    "decoded",
    { canonical: secondLine(decodeURIComponent) },
  ],
  "marks that encodeURIComponent keeps": [
    "path_encoding",
    "marks_kept",
    {
      signed: url("a%20b", "it%27s%20%281%29"),
      canonical: secondLine((path) =>
        path
          .replaceAll("%27", "'")
          .replaceAll("%28", "(")
          .replaceAll("%29", ")"),
      ),
    },
  ],
  "a plus for a blank": [
    "path_encoding",
    "plus",
    { signed: url("%20", "+"), sent: url("%20", "%20") },
  ],
  "a slash at the end": [
    "path_encoding",
    "trailing_slash",
    { signed: url("b.txt", "b.txt/"), sent: url("", "") },
  ],
  "a prefix put before": [
    "path_encoding",
    "prefix_added",
    { sent: url("/bucket/", "/store/bucket/") },
  ],
  "a query in the order of the wire": [
    "query_encoding",
    "not_sorted",
    {
      signed: url("versionId=7&acl", "b=2&a=1"),
      canonical: thirdLine(() => "b=2&a=1"),
    },
  ],
  "a name without its equals sign": [
    "query_encoding",
    "empty_value",
    { canonical: thirdLine((query) => query.replace("acl=", "acl")) },
  ],
  "a plus in the query": [
    "query_encoding",
    "plus",
    {
      signed: url("versionId=7", "prefix=a+b"),
      canonical: thirdLine((query) => query.replace("%20", "%2B")),
    },
  ],
  "only the first of a repeated name": [
    "query_encoding",
    "repeated",
    {
      signed: url("versionId=7", "a=2&a=1"),
      canonical: thirdLine((query) => query.replace("a=1&a=2", "a=2")),
    },
  ],
  "a parameter put on": [
    "query_encoding",
    "left_out:utm_source",
    { sent: url("&acl", "&acl&utm_source=mail") },
  ],
  "a body after the hash of nothing": [
    "payload",
    "empty",
    {
      service: "dynamodb",
      signed: posted('{"a":1}'),
      canonical: lastLine(sha256("")),
    },
  ],
  "a body that its own declared hash does not fit": [
    "payload",
    "declared",
    {
      signed: {
        ...posted("one"),
        headers: header(BASE, "x-amz-content-sha256", sha256("one")),
      },
      sent: {
        body: "two",
        headers: header(BASE, "x-amz-content-sha256", sha256("one")),
      },
    },
  ],
  "a line end put on": [
    "payload",
    "final_line_end",
    { signed: posted("a=1"), sent: { body: "a=1\n" } },
  ],
  "line ends changed": [
    "payload",
    "line_ends",
    { signed: posted("a\nb\nc"), sent: { body: "a\r\nb\r\nc" } },
  ],
  "JSON written anew": [
    "payload",
    "json_writing",
    {
      signed: posted('{"a": [1, "x, y: z"], "b": null}'),
      sent: { body: '{"a":[1,"x, y: z"],"b":null}' },
    },
  ],
  "no hash for the payload": [
    "payload",
    "unsigned",
    { signed: posted("x"), canonical: lastLine("UNSIGNED-PAYLOAD") },
  ],
  "another method": ["method", "changed", { sent: { method: "HEAD" } }],
  "another region": [
    "region",
    "changed",
    { region: "eu-north-1", hints: { regions: ["eu-north-1"] } },
  ],
  "two readings of the clock": [
    "date",
    "seconds",
    { stringToSignDate: "20260305T101113Z" },
  ],
  "a link whose lifetime was changed": [
    "date",
    "lifetime",
    {
      presigned: ["X-Amz-Expires=604800"],
      signed: { headers: [["host", "s3.example.org"]] },
      canonical: (text) =>
        text.replace("X-Amz-Expires=604800", "X-Amz-Expires=3600"),
    },
  ],
  "a secret with a line end at the signer": [
    "secret_trimmed",
    "line end",
    { signersSecret: `${SECRET}\n` },
  ],
  "a secret with a line end in hand": [
    "secret_trimmed",
    "line end",
    { knownSecret: `${SECRET}\n` },
  ],
  "a quoted secret": [
    "secret_trimmed",
    "quotation marks",
    { signersSecret: `"${SECRET}"` },
  ],
  "a secret that lost its last character": [
    "secret_trimmed",
    "last character",
    { signersSecret: SECRET.slice(0, -1) },
  ],
  "a secret in hand that lost its first character": [
    "secret_trimmed",
    "first character",
    { knownSecret: SECRET.slice(1) },
  ],
  "a doubled character": [
    "secret_trimmed",
    "last character",
    { signersSecret: SECRET + SECRET.slice(-1) },
  ],
  "a percent-encoded secret": [
    "secret_trimmed",
    "percent-encoding",
    { signersSecret: encodeURIComponent(SECRET) },
  ],
};
