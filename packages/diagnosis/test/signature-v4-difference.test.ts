/** Requests that were signed in one way and arrive in another: the difference is found, and named. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import {
  findDifference,
  parseSigned,
  verifySigned,
  type Parsed,
  type WireRequest,
} from "../src/aws/signature-v4/index.ts";
import {
  BASE,
  CASES,
  DATE,
  hosted,
  posted,
  SECRET,
  sha256,
  type Case,
} from "./signature-v4-cases.ts";

const read = (request: WireRequest): Parsed => {
  const result = parseSigned(request);
  assert.ok(result !== null && !("problem" in result), JSON.stringify(result));
  return result;
};

/** Signs by node:crypto, with the canonical request that the verifier makes of it or that the case makes of that. */
async function signatureOf(request: WireRequest, of: Case): Promise<string> {
  const parsed = read(request);
  const stages = await verifySigned(request, parsed, "any");
  const text = (of.canonical ?? String)(stages.canonicalRequest);
  const day = parsed.scopeDate;
  const scope = [day, of.region ?? parsed.region, parsed.service];
  const key = [...scope, "aws4_request"].reduce<Buffer>(
    (last, part) =>
      createHmac("sha256", last)
        .update(part as string)
        .digest(),
    Buffer.from(`AWS4${of.signersSecret ?? SECRET}`),
  );
  const toSign = [
    "AWS4-HMAC-SHA256",
    of.stringToSignDate ?? parsed.amzDate,
    [...scope, "aws4_request"].join("/"),
    sha256(text),
  ].join("\n");
  return createHmac("sha256", key).update(toSign).digest("hex");
}

const unsignedForm = (request: WireRequest, of: Case): WireRequest => {
  const scope = `20260305/eu-west-1/${of.service ?? "s3"}/aws4_request`;
  if (of.presigned !== undefined)
    return {
      ...request,
      url: [
        request.url,
        "X-Amz-Algorithm=AWS4-HMAC-SHA256",
        `X-Amz-Credential=AKIA%2F${encodeURIComponent(scope)}`,
        `X-Amz-Date=${DATE}`,
        "X-Amz-SignedHeaders=host",
        ...of.presigned,
        "X-Amz-Signature=SIGNATURE",
      ].join("&"),
    };
  const names = [
    ...new Set(request.headers.map(([name]) => name.toLowerCase())),
  ].toSorted();
  return {
    ...request,
    headers: [
      ...request.headers,
      [
        "authorization",
        `AWS4-HMAC-SHA256 Credential=AKIA/${scope}, SignedHeaders=${names.join(";")}, Signature=SIGNATURE`,
      ],
    ],
  };
};

async function differenceOf(
  of: Case,
  spend: (units: number) => boolean = () => true,
) {
  const signed = unsignedForm({ ...BASE, ...of.signed }, of);
  const signature = await signatureOf(signed, of);
  const authorization = signed.headers.find(
    ([name]) => name === "authorization",
  );
  const moved = { ...signed, ...of.sent };
  const sent: WireRequest = {
    ...moved,
    url: moved.url.replace("SIGNATURE", signature),
    headers: [
      ...moved.headers.filter(([name]) => name !== "authorization"),
      ...(authorization
        ? [
            [
              "authorization",
              authorization[1].replace("SIGNATURE", signature),
            ] as const,
          ]
        : []),
    ],
  };
  const secret = of.knownSecret ?? SECRET;
  const stages = await verifySigned(sent, read(sent), secret);
  assert.equal(stages.matches, false, "the case must not verify as it is");
  return findDifference(sent, read(sent), secret, of.hints, spend);
}

describe("findDifference", () => {
  for (const [name, [kind, detail, of]] of Object.entries(CASES))
    it(name, async () => {
      const found = await differenceOf(of);
      assert.deepEqual([found?.kind, found?.detail], [kind, detail]);
      if (kind === "secret_trimmed")
        assert.ok(!JSON.stringify(found).includes(SECRET.slice(2, -2)));
    });

  it("says what was signed and what arrived", async () => {
    const found = await differenceOf({ sent: hosted("minio:9000") });
    assert.deepEqual(found, {
      kind: "host",
      detail: "name",
      expected: "s3.example.org",
      found: "minio:9000",
    });
  });

  it("finds nothing where the secret is another", async () => {
    assert.equal(
      await differenceOf({ signersSecret: "another secret altogether" }),
      null,
    );
  });

  it("asks before each try, and stops when it is refused", async () => {
    let asked = 0;
    const found = await differenceOf({ signersSecret: "another" }, () => {
      asked++;
      return asked <= 5;
    });
    assert.equal(found, null);
    assert.equal(asked, 6);
  });

  it("lets a long request pay more for each try", async () => {
    const tries = async (of: Case): Promise<number> => {
      let left = 2_000;
      let count = 0;
      await differenceOf({ ...of, signersSecret: "another" }, (units) => {
        left -= units;
        count++;
        return left >= 0;
      });
      return count;
    };
    const usual = await tries({});
    for (const [name, of] of Object.entries({
      path: { url: `https://h.example/${"%41".repeat(20_000)}` },
      query: { url: `https://h.example/?${"a=%42&".repeat(10_000)}` },
      headers: {
        headers: [
          ...BASE.headers,
          ...Array.from({ length: 3_000 }, (_, at) => [`h${at}`, "v"] as const),
        ],
      },
    }))
      assert.ok((await tries({ signed: of })) < usual, name);
    const deep = "[".repeat(30_000) + "]".repeat(30_000);
    assert.equal(
      await differenceOf({ signed: posted(deep), signersSecret: "another" }),
      null,
    );
  });
});
