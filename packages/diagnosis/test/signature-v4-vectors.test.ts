/** AWS's own test suites for Signature Version 4, stage by stage, and with one byte changed, from where `ASSAY_VECTORS` says. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { publishedVectors } from "../../token/test/published-vectors.ts";
import {
  parseSigned,
  verifySigned,
  type Parsed,
  type Stages,
  type VerifyOptions,
  type WireRequest,
} from "../src/aws/signature-v4/index.ts";

interface Context {
  readonly credentials: { readonly secret_access_key: string };
  readonly normalize: boolean;
  readonly omit_session_token?: boolean;
}

/** The raw message, not through any HTTP library: it holds folds, blanks and UTF-8 in the target. */
function readMessage(text: string): WireRequest {
  const end = text.indexOf("\n\n");
  const head = end === -1 ? text : text.slice(0, end);
  const [first, ...lines] = head.replace(/\n$/, "").split("\n");
  const [, method, target] =
    /^(\S+) (.*) HTTP\/1\.1$/.exec(first as string) ?? [];
  const headers: [string, string][] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    if (/^\s/.test(line) && last) last[1] += `\n${line}`;
    else {
      const colon = line.indexOf(":");
      headers.push([line.slice(0, colon), line.slice(colon + 1)]);
    }
  }
  return {
    method: method as string,
    url: `https://example.amazonaws.com${target}`,
    headers,
    body: end === -1 ? "" : text.slice(end + 2),
  };
}

function parsed(request: WireRequest): Parsed {
  const result = parseSigned(request);
  assert.ok(result !== null && !("problem" in result), JSON.stringify(result));
  return result;
}

const firstDifference = (
  stages: Stages,
  right: Pick<Stages, "canonicalRequest" | "stringToSign" | "signature">,
): string | null => {
  if (stages.canonicalRequest !== right.canonicalRequest)
    return "canonicalRequest";
  if (stages.stringToSign !== right.stringToSign) return "stringToSign";
  if (stages.signature !== right.signature) return "signature";
  return stages.matches ? null : "given";
};

if (publishedVectors !== null) {
  const suite = join(publishedVectors, "aws-sigv4-c-auth", "v4");
  for (const form of ["header", "query"] as const)
    describe(`aws-c-auth, ${form}`, () => {
      for (const name of readdirSync(suite)) {
        const read = (file: string) =>
          readFileSync(join(suite, name, file), "utf8");
        const context = JSON.parse(read("context.json")) as Context;
        const text = read(`${form}-signed-request.txt`);
        const right = {
          canonicalRequest: read(`${form}-canonical-request.txt`),
          stringToSign: read(`${form}-string-to-sign.txt`),
          signature: read(`${form}-signature.txt`),
        };
        const options: VerifyOptions = {
          normalizePath: context.normalize,
          sessionToken: context.omit_session_token ? "added" : "signed",
        };
        const secret = context.credentials.secret_access_key;
        const stagesOf = async (message: string): Promise<Stages> => {
          const request = readMessage(message);
          return verifySigned(request, parsed(request), secret, options);
        };

        it(name, async () => {
          assert.deepEqual(await stagesOf(text), { ...right, matches: true });
        });

        it(`${name}, one byte changed`, async () => {
          for (const [what, stage, message] of mutations(text, form))
            assert.equal(
              firstDifference(await stagesOf(message), right),
              stage,
              what,
            );
        });
      }
    });

  const botocore = join(publishedVectors, "aws4-testsuite-botocore");
  describe("botocore's suite", () => {
    for (const folder of caseFolders(botocore)) {
      const name = folder.split("/").at(-1) as string;
      it(name, async () => {
        const read = (kind: string) =>
          readFileSync(join(folder, `${name}.${kind}`), "utf8");
        // One .sreq is wrong (see the vectors' index): the header comes from .authz.
        const bare = readMessage(read("req"));
        const request = {
          ...bare,
          headers: [
            ...bare.headers,
            ["Authorization", read("authz")] as const,
            ...missingToken(bare, read("creq")),
          ],
        };
        const signed = parsed(request);
        const stages = await verifySigned(
          request,
          signed,
          "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        );
        assert.equal(stages.canonicalRequest, read("creq"));
        assert.equal(stages.stringToSign, read("sts"));
        assert.ok(stages.matches);
      });
    }
  });
}

/** The session token stands in the request of no file but the canonical one, in one case. */
function missingToken(
  bare: WireRequest,
  canonical: string,
): readonly (readonly [string, string])[] {
  const [, token] = /^(x-amz-security-token:.*)$/m.exec(canonical) ?? [];
  return token === undefined ||
    bare.headers.some(([name]) => /^x-amz-security-token$/i.test(name))
    ? []
    : [["X-Amz-Security-Token", token.slice(token.indexOf(":") + 1)]];
}

function caseFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return existsSync(join(path, `${entry.name}.req`))
        ? [path]
        : caseFolders(path);
    });
}

/** One byte changed in each part, and the stage that must be the first to differ. */
function* mutations(
  text: string,
  form: "header" | "query",
): Generator<readonly [string, string, string]> {
  const change = (at: number): string => {
    const old = text[at] as string;
    const other = /\d/.test(old)
      ? String((Number(old) + 1) % 10)
      : old === "z"
        ? "y"
        : "z";
    return text.slice(0, at) + other + text.slice(at + 1);
  };
  const after = (word: string, step = 0): number => {
    const at = text.indexOf(word);
    assert.notEqual(at, -1, word);
    return at + word.length + step;
  };
  const canonical = "canonicalRequest";
  yield ["method", canonical, change(0)];
  // At its end, where no dots take it away again.
  yield ["path", canonical, text.replace(/(?=\?| HTTP)/, "z")];
  yield ["host", canonical, change(after("Host:"))];
  if (form === "header") {
    yield ["region", "stringToSign", change(after("us-east-", 0))];
    yield ["scope's day", "stringToSign", change(after("AKIDEXAMPLE/", 7))];
    yield ["date", canonical, change(after("X-Amz-Date:", 14))];
    yield ["signature", "given", change(after("Signature=", 5))];
    yield ["signed headers", canonical, change(after("SignedHeaders="))];
    const body = text.indexOf("\n\n") + 2;
    if (text.length > body) yield ["body", canonical, change(body)];
  } else {
    yield ["region", canonical, change(after("us-east-", 0))];
    yield ["key id", canonical, change(after("X-Amz-Credential="))];
    yield ["date", canonical, change(after("X-Amz-Date=", 14))];
    yield ["expiry", canonical, change(after("X-Amz-Expires="))];
    yield ["signature", "given", change(after("X-Amz-Signature=", 5))];
  }
}
