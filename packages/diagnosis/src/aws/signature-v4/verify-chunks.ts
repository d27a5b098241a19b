/** Whether each chunk of a body, and the trailer behind them, is the one that was signed: every signature covers the one before it. */
import { byCodeUnits } from "./canonical-query.ts";
import { readChunkedBody, type ChunkedBody } from "./chunked-body.ts";
import { declaredHash, EMPTY_HASH, hashOf, hex } from "./payload-hash.ts";
import { hmac } from "../../hmac.ts";
import { signingKey } from "./signing-key.ts";
import type { Parsed, WireRequest } from "./types.ts";
import { headerOf, indexHeaders } from "./wire.ts";

export type ChunkFault =
  /** `chunk`: its number, from 1. */
  | { readonly how: "chunk"; readonly chunk: number }
  | { readonly how: "trailer" | "not_chunked" | "cut"; readonly chunk: null };

const CHUNK = "AWS4-HMAC-SHA256-PAYLOAD";
const TRAILER = "AWS4-HMAC-SHA256-TRAILER";
/** The words that stand for such a body in x-amz-content-sha256. */
const SIGNED = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(?:-TRAILER)?$/;
const UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/** The body in its chunks, where it is known and declared to come so; null: there is nothing to check. */
function chunksOf(
  request: WireRequest,
  parsed: Parsed,
): {
  readonly read: ReturnType<typeof readChunkedBody>;
  readonly signed: boolean;
} | null {
  const declared = declaredHash(request, parsed) ?? "";
  const signed = SIGNED.test(declared);
  if (request.body === null || (!signed && declared !== UNSIGNED)) return null;
  if (typeof request.body !== "string")
    return { read: readChunkedBody(request.body), signed };
  // Bytes that were no UTF-8 are lost: this is not the body that travelled.
  if (request.body.includes("\uFFFD")) return null;
  const bytes = new TextEncoder().encode(request.body);
  return { read: readChunkedBody(bytes), signed };
}

/** What can be seen without a secret: the form, and the length that the request declares. null: nothing is wrong with it. */
export function chunkForm(
  request: WireRequest,
  parsed: Parsed,
): ChunkFault | null {
  const body = chunksOf(request, parsed);
  return body && faultOfForm(request, body.read);
}

function faultOfForm(
  request: WireRequest,
  read: ReturnType<typeof readChunkedBody>,
): ChunkFault | null {
  if (typeof read === "string") return { how: read, chunk: null };
  const headers = indexHeaders(request);
  const declared = headerOf(headers, "x-amz-decoded-content-length");
  const length = read.chunks.reduce(
    (sum, { content }) => sum + content.length,
    0,
  );
  if (declared !== null && Number(declared) !== length)
    return { how: "cut", chunk: null };
  const announced = headerOf(headers, "x-amz-trailer");
  const names = read.trailers.map(([name]) => name);
  return announced !== null &&
    !announced
      .split(",")
      .every((name) => names.includes(name.trim().toLowerCase()))
    ? { how: "trailer", chunk: null }
    : null;
}

/**
 * The first signature that is not right, of a request whose own (the seed of the chain) is. null: all are right, or there is nothing to
 * check. Each step is paid by `spend`; when that answers false, the rest is taken as not checked.
 */
export async function verifyChunks(
  request: WireRequest,
  parsed: Parsed,
  secretAccessKey: string,
  spend: (units: number, bytes: number) => boolean,
): Promise<ChunkFault | null> {
  const body = chunksOf(request, parsed);
  const fault = body && faultOfForm(request, body.read);
  if (fault || !body?.signed) return fault;
  const { read } = body;
  if (typeof read === "string" || !spend(8, 0)) return null;
  const key = await signingKey(secretAccessKey, {
    date: parsed.scopeDate,
    region: parsed.region ?? "",
    service: parsed.service,
  });
  const scope = `${parsed.scopeDate}/${parsed.region}/${parsed.service}/aws4_request`;
  const signed = async (word: string, ...rest: string[]): Promise<string> =>
    hex(await hmac(key, [word, parsed.amzDate, scope, ...rest].join("\n")));
  let previous = parsed.signature;
  for (const [at, { content, signature }] of read.chunks.entries()) {
    if (!spend(2, content.length)) return null;
    const right = await signed(
      CHUNK,
      previous,
      EMPTY_HASH,
      await hashOf(content),
    );
    if (signature !== right) return { how: "chunk", chunk: at + 1 };
    previous = right;
  }
  return (await trailerIsRight(read, () => spend(2, 1_000), previous, signed))
    ? null
    : { how: "trailer", chunk: null };
}

async function trailerIsRight(
  { trailers, trailerSignature }: ChunkedBody,
  spend: () => boolean,
  previous: string,
  signed: (word: string, ...rest: string[]) => Promise<string>,
): Promise<boolean> {
  if ((trailers.length === 0 && trailerSignature === null) || !spend())
    return true;
  const canonical = trailers
    .toSorted((a, b) => byCodeUnits(a[0], b[0]))
    .map(([name, value]) => `${name}:${value}\n`)
    .join("");
  return (
    trailerSignature ===
    (await signed(TRAILER, previous, await hashOf(canonical)))
  );
}
