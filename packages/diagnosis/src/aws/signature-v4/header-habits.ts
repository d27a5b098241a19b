/** What clients commonly send in the headers that proxies and libraries rewrite. */

const CODINGS = [
  "identity",
  "gzip",
  "gzip, deflate",
  "gzip, deflate, br",
  "gzip, deflate, br, zstd",
  "gzip,deflate",
  "gzip,deflate,br",
  "gzip, br",
  "gzip;q=1.0,deflate;q=0.6,identity;q=0.3",
  "deflate, gzip",
  "deflate, gzip, br, zstd",
  "br, gzip, deflate",
  "identity;q=1, *;q=0",
  "*",
  "",
];
const TYPES = [
  "application/json",
  "application/x-amz-json-1.0",
  "application/x-amz-json-1.1",
  "application/x-www-form-urlencoded",
  "application/x-www-form-urlencoded; charset=utf-8",
  "application/x-www-form-urlencoded; charset=UTF-8",
  "application/octet-stream",
  "binary/octet-stream",
  "application/xml",
  "text/xml",
  "text/plain",
  "text/plain; charset=utf-8",
  "text/plain;charset=UTF-8",
  "",
];
const CHARSETS = [
  "; charset=utf-8",
  "; charset=UTF-8",
  ";charset=utf-8",
  ";charset=UTF-8",
];

const HABITS: Readonly<Record<string, readonly string[]>> = {
  "accept-encoding": CODINGS,
  "content-type": TYPES,
  accept: ["*/*", "application/json", "application/json, text/plain, */*", ""],
  connection: ["close", "keep-alive", "Keep-Alive", "upgrade", "Upgrade", ""],
  te: ["trailers", ""],
  "transfer-encoding": ["chunked", ""],
  expect: ["100-continue", ""],
  "cache-control": ["no-cache", "max-age=0", "no-store", ""],
  pragma: ["no-cache", ""],
  "content-encoding": ["aws-chunked", "gzip", "identity", ""],
  "content-length": ["0", ""],
  "x-forwarded-proto": ["https", "http", ""],
  "x-forwarded-port": ["443", "80", ""],
  "accept-language": ["*", "en-US,en;q=0.9", ""],
};

export function* habits(name: string, value: string): Generator<string> {
  yield* HABITS[name] ?? [];
  if (name !== "content-type" && name !== "accept") return;
  const bare = (value.split(";", 1)[0] as string).trim();
  yield bare;
  for (const charset of CHARSETS) yield bare + charset;
  yield value.toLowerCase();
}
