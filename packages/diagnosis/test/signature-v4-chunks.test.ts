/** Bodies in chunks: the worked examples of the S3 API reference ("Transferring payload in multiple chunks", "Including trailing headers"). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  chunkForm,
  parseSigned,
  verifyChunks,
  verifySigned,
  type Parsed,
  type WireRequest,
} from "../src/aws/signature-v4/index.ts";

/** The documentation's own. */
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const paid = (): boolean => true;

interface Example {
  readonly title: string;
  readonly headers: WireRequest["headers"];
  readonly signedHeaders: string;
  readonly seed: string;
  readonly chunks: readonly [size: number, signature: string][];
  readonly end: string;
}

const COMMON = [
  ["host", "s3.amazonaws.com"],
  ["x-amz-date", "20130524T000000Z"],
  ["x-amz-storage-class", "REDUCED_REDUNDANCY"],
  ["content-encoding", "aws-chunked"],
  ["x-amz-decoded-content-length", "66560"],
] as const;

const EXAMPLES: readonly Example[] = [
  {
    title: "signed chunks",
    headers: [
      ...COMMON,
      ["content-length", "66824"],
      ["x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"],
    ],
    signedHeaders:
      "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
    seed: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
    chunks: [
      [
        65_536,
        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
      ],
      [
        1_024,
        "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
      ],
      [0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"],
    ],
    end: "\r\n",
  },
  {
    title: "signed chunks and a signed trailer",
    headers: [
      ...COMMON,
      ["x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"],
      ["x-amz-trailer", "x-amz-checksum-crc32c"],
    ],
    signedHeaders:
      "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
    seed: "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
    chunks: [
      [
        65_536,
        "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
      ],
      [
        1_024,
        "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
      ],
      [0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"],
    ],
    end: "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n",
  },
];

function bodyOf({ chunks, end }: Example): string {
  return (
    chunks
      .map(
        ([size, signature]) =>
          `${size.toString(16)};chunk-signature=${signature}\r\n${"a".repeat(size)}${size === 0 ? "" : "\r\n"}`,
      )
      .join("") + end
  );
}

const requestOf = (
  example: Example,
  body: string = bodyOf(example),
): WireRequest => ({
  method: "PUT",
  url: "https://s3.amazonaws.com/examplebucket/chunkObject.txt",
  headers: [
    ...example.headers,
    [
      "authorization",
      `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${example.signedHeaders},Signature=${example.seed}`,
    ],
  ],
  body,
});

const read = (request: WireRequest): Parsed => {
  const result = parseSigned(request);
  assert.ok(result !== null && !("problem" in result));
  return result;
};

const faultOf = (request: WireRequest): ReturnType<typeof verifyChunks> =>
  verifyChunks(request, read(request), SECRET, paid);

for (const example of EXAMPLES)
  describe(`the published example of ${example.title}`, () => {
    const request = requestOf(example);
    const body = bodyOf(example);
    it("has the seed signature that is published", async () => {
      const { matches } = await verifySigned(request, read(request), SECRET);
      assert.equal(matches, true);
    });
    it("is right in every chunk and behind the last one", async () => {
      assert.equal(await faultOf(request), null);
    });
    it("is right as bytes too", async () => {
      const bytes = new TextEncoder().encode(body);
      assert.equal(await faultOf({ ...request, body: bytes }), null);
    });
    it("is wrong from the chunk on that was changed", async () => {
      const second = example.chunks[1]?.[1] ?? "";
      const changed = body.replace(`${second}\r\na`, `${second}\r\nb`);
      assert.deepEqual(await faultOf(requestOf(example, changed)), {
        how: "chunk",
        chunk: 2,
      });
    });
    it("is wrong in the first chunk where its signature was changed", async () => {
      const first = example.chunks[0]?.[1] ?? "";
      assert.deepEqual(
        await faultOf(requestOf(example, body.replace(first, "0".repeat(64)))),
        { how: "chunk", chunk: 1 },
      );
    });
    it("is cut where it ends early, and no chunks where somebody put them together", async () => {
      assert.deepEqual(
        await faultOf(requestOf(example, body.slice(0, 66_000))),
        { how: "cut", chunk: null },
      );
      assert.deepEqual(await faultOf(requestOf(example, "a".repeat(66_560))), {
        how: "not_chunked",
        chunk: null,
      });
    });
    it("is not judged where the body was no text", async () => {
      assert.equal(await faultOf(requestOf(example, "\uFFFD")), null);
    });
    it("stops where nothing more is paid", async () => {
      const changed = body.replace(
        "x-amz-checksum-crc32c:s",
        "x-amz-checksum-crc32c:t",
      );
      assert.equal(
        await verifyChunks(
          requestOf(example, changed),
          read(request),
          SECRET,
          () => false,
        ),
        null,
      );
    });
  });

describe("a trailer", () => {
  const example = EXAMPLES[1] as Example;
  it("is wrong where its value was changed", async () => {
    const changed = bodyOf(example).replace("sOO8", "tOO8");
    assert.deepEqual(await faultOf(requestOf(example, changed)), {
      how: "trailer",
      chunk: null,
    });
  });
  it("is missed without a secret where the header announces it", () => {
    const changed = bodyOf(example).replace("checksum-crc32c:", "other:");
    const request = requestOf(example, changed);
    assert.deepEqual(chunkForm(request, read(request)), {
      how: "trailer",
      chunk: null,
    });
  });
});
