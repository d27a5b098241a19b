/** What a request says of its signature, and the rules that AWS's published suites do not reach. */
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, it } from "node:test";
import {
  parseSigned,
  signatureVersion2,
  verifySigned,
  type Parsed,
  type WireRequest,
} from "../src/aws/signature-v4/index.ts";

const KEY = "AKIAEXAMPLEEXAMPLE00";
const SCOPE = "20260305/eu-west-1/s3/aws4_request";
const SIGNATURE = "0".repeat(64);
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${KEY}/${SCOPE}, SignedHeaders=host;x-amz-date, Signature=${SIGNATURE}`;

const request = (
  authorization: string | null,
  more: Partial<WireRequest> = {},
  headers: WireRequest["headers"] = [["X-Amz-Date", "20260305T101112Z"]],
): WireRequest => ({
  method: "GET",
  url: "https://bucket.s3.eu-west-1.amazonaws.com/a",
  headers: [
    ...headers,
    ...(authorization === null
      ? []
      : [["Authorization", authorization] as const]),
  ],
  body: null,
  ...more,
});

const presigned = (query: string): WireRequest =>
  request(null, { url: `https://bucket.s3.amazonaws.com/a?${query}` }, []);

const QUERY = [
  "X-Amz-Algorithm=AWS4-HMAC-SHA256",
  `X-Amz-Credential=${encodeURIComponent(`${KEY}/${SCOPE}`)}`,
  "X-Amz-Date=20260305T101112Z",
  "X-Amz-Expires=900",
  "X-Amz-SignedHeaders=host",
  `X-Amz-Signature=${SIGNATURE}`,
];

const read = (from: WireRequest): Parsed => {
  const result = parseSigned(from);
  assert.ok(result !== null && !("problem" in result), JSON.stringify(result));
  return result;
};

const partOf = (from: WireRequest): string | null => {
  const result = parseSigned(from);
  assert.ok(result !== null && "problem" in result, JSON.stringify(result));
  return result.part;
};

/** By node:crypto, over a canonical request. */
function signatureOf(canonical: string, parsed: Parsed): string {
  const scope = [
    parsed.scopeDate,
    parsed.region as string,
    parsed.service,
    "aws4_request",
  ];
  const mac = (key: string | Buffer, text: string): Buffer =>
    createHmac("sha256", key).update(text).digest();
  const hash = createHash("sha256").update(canonical).digest("hex");
  return mac(
    scope.reduce<string | Buffer>(mac, "AWS4secret"),
    [parsed.algorithm, parsed.amzDate, scope.join("/"), hash].join("\n"),
  ).toString("hex");
}

describe("parseSigned", () => {
  it("reads the header", () => {
    assert.deepEqual(read(request(AUTHORIZATION)), {
      algorithm: "AWS4-HMAC-SHA256",
      form: "header",
      accessKeyId: KEY,
      scopeDate: "20260305",
      region: "eu-west-1",
      service: "s3",
      signedHeaders: ["host", "x-amz-date"],
      signature: SIGNATURE,
      amzDate: "20260305T101112Z",
      expiresSeconds: null,
      sessionToken: null,
      contentSha256: null,
    });
  });

  it("takes other blanks, another order, and a key id with slashes", () => {
    const parsed = read(
      request(
        `AWS4-HMAC-SHA256  Signature=${SIGNATURE},SignedHeaders=host ,  Credential=team/a/${SCOPE}`,
      ),
    );
    assert.equal(parsed.accessKeyId, "team/a");
    assert.equal(parsed.signature, SIGNATURE);
  });

  it("reads the header Date where there is no X-Amz-Date", () => {
    const date = [["Date", "Thu, 05 Mar 2026 10:11:12 GMT"]] as const;
    assert.equal(
      read(request(AUTHORIZATION, {}, date)).amzDate,
      "20260305T101112Z",
    );
    assert.equal(read(request(AUTHORIZATION, {}, [])).amzDate, null);
  });

  it("reads a presigned URL", () => {
    const parsed = read(presigned(QUERY.join("&")));
    assert.equal(parsed.form, "query");
    assert.equal(parsed.expiresSeconds, 900);
    assert.equal(parsed.accessKeyId, KEY);
  });

  it("recognises SigV4A, which names no region", () => {
    const parsed = read(
      request(
        `AWS4-ECDSA-P256-SHA256 Credential=${KEY}/20260305/s3/aws4_request, SignedHeaders=host, Signature=3045`,
      ),
    );
    assert.equal(parsed.region, null);
    assert.equal(parsed.service, "s3");
  });

  it("leaves other requests alone", () => {
    for (const value of ["Bearer a.b.c", "Basic YTpi", "", `AWS ${KEY}:c2ln`])
      assert.equal(parseSigned(request(value)), null, value);
    assert.equal(parseSigned(request(null)), null);
    assert.equal(parseSigned(presigned("list-type=2")), null);
  });

  it("names the part that cannot be read", () => {
    const damaged: readonly (readonly [string, string])[] = [
      [`Authorization: ${AUTHORIZATION}`, "Authorization"],
      [`"${AUTHORIZATION}"`, "Authorization"],
      ["AWS4-HMAC-SHA256", "Authorization"],
      [AUTHORIZATION.replace("SHA256", "SHA512"), "Algorithm"],
      [AUTHORIZATION.replace(", Signed", " Signed"), "Credential"],
      [AUTHORIZATION.replace(", Signature", "Signature"), "SignedHeaders"],
      [AUTHORIZATION.replace(/, Signature.*/, ""), "Signature"],
      [AUTHORIZATION.replace(/Signature=.*/, "Signature="), "Signature"],
      [AUTHORIZATION.replace(/ SignedHeaders=\S+/, ""), "SignedHeaders"],
      [AUTHORIZATION.replace(KEY, ""), "Credential"],
      [AUTHORIZATION.replace(KEY, `${KEY}\n`), "Credential"],
      [AUTHORIZATION.replace("/s3", ""), "Credential"],
      [AUTHORIZATION.replace("/s3", "/"), "Credential"],
      [AUTHORIZATION.replace("aws4_request", "aws4"), "Credential"],
      [AUTHORIZATION.replace("20260305", "2026-03-05"), "Credential"],
      [`${AUTHORIZATION}, and more`, "Signature"],
    ];
    for (const [value, part] of damaged)
      assert.equal(partOf(request(value)), part, value);
  });

  it("names the parameter that is missing or wrong", () => {
    for (const piece of QUERY) {
      const name = piece.split("=", 1)[0] as string;
      const others = QUERY.filter((other) => other !== piece);
      assert.equal(partOf(presigned(others.join("&"))), name);
      assert.equal(partOf(presigned([...others, `${name}=`].join("&"))), name);
      assert.equal(partOf(presigned([...QUERY, piece].join("&"))), name);
    }
  });

  it("refuses two mechanisms at once, two headers, and a date that is none", () => {
    const url = presigned(QUERY.join("&"));
    assert.equal(
      partOf({ ...url, headers: [["authorization", "Bearer x"]] }),
      "Authorization",
    );
    assert.equal(
      partOf(request(AUTHORIZATION, {}, [["authorization", "Bearer x"]])),
      "Authorization",
    );
    for (const date of ["2026-03-05T10:11:12Z", "20261305T101112Z", "now"])
      assert.equal(
        partOf(request(AUTHORIZATION, {}, [["x-amz-date", date]])),
        "X-Amz-Date",
      );
  });
});

describe("signatureVersion2", () => {
  const query = (text: string) => signatureVersion2(presigned(text));

  it("recognises the header, the link, and the query services", () => {
    for (const value of [
      `AWS ${KEY}:frJIUN8DYpKDtOLCwo//yllqDzg=`,
      `AWS3-HTTPS AWSAccessKeyId=${KEY},Algorithm=HmacSHA256,Signature=YQ==`,
    ])
      assert.equal(signatureVersion2(request(value)), "header", value);
    assert.equal(
      query(`AWSAccessKeyId=${KEY}&Expires=1141889120&Signature=vjby%2BuE`),
      "query",
    );
    const form = `Action=DescribeInstances&AWSAccessKeyId=${KEY}&SignatureVersion=2&SignatureMethod=HmacSHA256`;
    assert.equal(query(form), "query");
    assert.equal(
      signatureVersion2(request(null, { method: "POST", body: form })),
      "query",
    );
  });

  it("leaves Version 4 and others alone", () => {
    assert.equal(signatureVersion2(request(AUTHORIZATION)), null);
    assert.equal(query(QUERY.join("&")), null);
    assert.equal(query("Signature=x&Expires=1&Key-Pair-Id=K1"), null);
    assert.equal(signatureVersion2(request("Bearer AWS:x")), null);
  });
});

describe("verifySigned", () => {
  const lines = async (
    from: WireRequest,
    options?: Parameters<typeof verifySigned>[3],
  ): Promise<string[]> => {
    const stages = await verifySigned(from, read(from), "secret", options);
    return stages.canonicalRequest.split("\n");
  };
  const as = (service: string): string =>
    AUTHORIZATION.replace("/s3/", `/${service}/`);

  it("encodes the path once for S3 and twice for others", async () => {
    const url = "https://h.example/a//b/../c%20d/o'e%7e";
    assert.equal(
      (await lines(request(AUTHORIZATION, { url })))[1],
      "/a//b/../c%20d/o%27e~",
    );
    const other = request(as("execute-api"), { url });
    assert.equal((await lines(other))[1], "/a/c%2520d/o%27e%257e");
    assert.equal(
      (await lines(other, { normalizePath: false, encodePath: false }))[1],
      "/a//b/../c%20d/o%27e~",
    );
  });

  it("takes each reading of a plus and an encoded slash in S3's path", async () => {
    const url = "https://h.example/a+b%2fc";
    const from = request(AUTHORIZATION, { url });
    const parsed = read(from);
    for (const path of ["/a%2Bb/c", "/a%20b/c", "/a%2Bb%2Fc"]) {
      const signature = signatureOf(
        (await lines(from)).with(1, path).join("\n"),
        parsed,
      );
      const stages = await verifySigned(
        from,
        { ...parsed, signature },
        "secret",
      );
      assert.ok(stages.matches, path);
    }
  });

  it("takes a session token that was added to a link after signing", async () => {
    const added = presigned([...QUERY, "X-Amz-Security-Token=IQo"].join("&"));
    const parsed = read(added);
    for (const sessionToken of ["signed", "added"] as const) {
      const { canonicalRequest } = await verifySigned(added, parsed, "secret", {
        sessionToken,
      });
      assert.equal(
        canonicalRequest.includes("X-Amz-Security-Token=IQo"),
        sessionToken === "signed",
      );
      const signature = signatureOf(canonicalRequest, parsed);
      const stages = await verifySigned(
        added,
        { ...parsed, signature },
        "secret",
      );
      assert.ok(stages.matches, sessionToken);
    }
  });

  it("sorts the query by encoded names and values, and writes a blank as %20", async () => {
    const url = "https://h.example/?b=2&a-=1&a=x+y&a=%7E&acl&B=%c3%a9";
    assert.equal(
      (await lines(request(AUTHORIZATION, { url })))[2],
      "B=%C3%A9&a=x%20y&a=~&a-=1&acl=&b=2",
    );
  });

  it("takes Host from the URL where no header says it, without the usual port", async () => {
    for (const [url, host] of [
      ["https://h.example:443/", "h.example"],
      ["https://h.example:9000/", "h.example:9000"],
      ["http://h.example:80/", "h.example"],
    ] as const)
      assert.equal(
        (await lines(request(AUTHORIZATION, { url })))[3],
        `host:${host}`,
      );
  });

  it("takes what stands for the payload as it is, and else the body's hash", async () => {
    const payload = async (
      body: WireRequest["body"],
      declared?: string,
    ): Promise<string | undefined> =>
      (
        await lines(
          request(AUTHORIZATION, { body }, [
            ["x-amz-date", "20260305T101112Z"],
            ...(declared === undefined
              ? []
              : [["x-amz-content-sha256", declared] as const]),
          ]),
        )
      ).at(-1);
    const empty =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const streaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    assert.equal(await payload("x", streaming), streaming);
    assert.equal(await payload("x", "UNSIGNED-PAYLOAD"), "UNSIGNED-PAYLOAD");
    assert.equal(await payload(null), empty);
    assert.equal(await payload(new Uint8Array()), empty);
    assert.equal(await payload(null, "ab".repeat(32)), "ab".repeat(32));
    assert.notEqual(await payload("x", empty), empty);
    // A presigned URL of S3 leaves the body uncovered.
    assert.equal(
      (await lines(presigned(QUERY.join("&")))).at(-1),
      "UNSIGNED-PAYLOAD",
    );
  });

  it("gives SigV4A its first two stages and no verdict", async () => {
    const from = request(
      `AWS4-ECDSA-P256-SHA256 Credential=${KEY}/20260305/s3/aws4_request, SignedHeaders=host, Signature=3045`,
    );
    const stages = await verifySigned(from, read(from), "secret");
    assert.match(stages.stringToSign, /^AWS4-ECDSA-P256-SHA256\n/);
    assert.equal(stages.signature, "");
    assert.equal(stages.matches, false);
  });
});
