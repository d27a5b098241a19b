/** What command-line tools tell of what went over the wire, read as what real tools wrote (test/captures). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { diagnose, readPasted } from "@assay/diagnosis";

const textOf = (name: string): string =>
  readFileSync(new URL(`captures/${name}`, import.meta.url), "utf8");

const REFUSAL =
  '{"error":"invalid_token","error_description":"The token expired"}';

describe("a trace", () => {
  for (const [file, form, url, sent, answered] of [
    [
      "curl-trace-ascii.txt",
      "curl-output",
      "http://127.0.0.1:8801/orders",
      "a=1",
      REFUSAL,
    ],
    [
      "curl-trace.txt",
      "curl-output",
      "http://127.0.0.1:8801/orders",
      "a=1",
      REFUSAL,
    ],
    [
      "wget-debug.txt",
      "http-exchange",
      "http://127.0.0.1:8801/orders",
      undefined,
      REFUSAL,
    ],
    [
      "git-trace.txt",
      "curl-output",
      "http://127.0.0.1:8802/git/x.git/info/refs?service=git-upload-pack",
      undefined,
      "HTTP Basic: Access denied.",
    ],
  ] as const) {
    it(`gives request and answer of ${file}`, () => {
      const text = textOf(file);
      for (const given of [text, text.replaceAll("\n", "\r\n")]) {
        const { inquiry, form: read } = readPasted(given);
        const { request, response, now } = inquiry;
        assert.equal(read, form);
        assert.equal(request?.url, url);
        assert.equal(request.body, sent);
        assert.match(
          String(request.headers?.["Authorization"]),
          /^Bearer eyJ[\w-]+\.[\w-]+\.c2ln$/,
        );
        assert.equal(response?.status, 401);
        assert.equal(response.body, answered);
        assert.match(String(now), /^2026-11-26T16:09:\d\d\.000Z$/);
      }
    });
  }

  it("of which credentials were hidden gives the answer alone", () => {
    const { inquiry } = readPasted(
      textOf("git-trace.txt").replace(
        /Authorization: Bearer .*/,
        "Authorization: Bearer <redacted>",
      ),
    );
    assert.equal(inquiry.request, undefined);
    assert.equal(inquiry.response?.status, 401);
  });
});

describe("HTTP messages behind one another", () => {
  it("tell of the header that a redirect dropped, as HTTPie shows it", async () => {
    const { inquiry, capture } = readPasted(textOf("httpie-redirect.txt"));
    assert.equal(capture?.judged, 2);
    assert.equal(inquiry.request?.url, "http://localhost:8801/orders");
    assert.match(String(inquiry.context?.clientToken), /^eyJ/);
    const { causes } = await diagnose(inquiry);
    assert.equal(causes[0]?.cause, "transit.redirect");
  });

  it("are two answers, of which the refusal counts, as curl -iL shows them", () => {
    const { inquiry, form } = readPasted(textOf("curl-include.txt"));
    assert.equal(form, "http-response");
    assert.equal(inquiry.request, undefined);
    assert.equal(inquiry.context, undefined);
    assert.equal(inquiry.response?.status, 401);
  });

  it("are read without a terminal's colours", () => {
    const { inquiry } = readPasted(
      "\u001b[32mGET\u001b[39;49;00m /orders \u001b[34mHTTP\u001b[39;49;00m/\u001b[34m1.1\u001b[39;49;00m\n\u001b[36mHost\u001b[39;49;00m: api.example.com\n\u001b[36mAuthorization\u001b[39;49;00m: Bearer a\n",
    );
    assert.deepEqual(inquiry.request, {
      method: "GET",
      url: "https://api.example.com/orders",
      headers: { Host: "api.example.com", Authorization: "Bearer a" },
    });
  });

  it("are one exchange where an interim answer came first", () => {
    const { inquiry, capture } = readPasted(
      "POST /a HTTP/1.1\nHost: x.example\n\nHTTP/1.1 100 Continue\n\nHTTP/1.1 401 Unauthorized\n\n",
    );
    assert.equal(capture, undefined);
    assert.equal(inquiry.response?.status, 401);
  });
});

describe("what a tool says in the end", () => {
  for (const [text, status, body] of [
    // docker 28, skopeo 1.9, git 2.39, npm 11, wget 1.21 and curl 7.88, as they wrote it.
    [
      'WARNING! Using --password via the CLI is insecure. Use --password-stdin.\ntime="2026-11-26T16:09:46Z" level=info msg="Error logging in to endpoint, trying next endpoint" endpoint="{false http://127.0.0.1:8802 false}" error="Get \\"http://127.0.0.1:8802/v2/\\": unauthorized"\nGet "http://127.0.0.1:8802/v2/": unauthorized\n',
      401,
      'Get "http://127.0.0.1:8802/v2/": unauthorized',
    ],
    [
      'time="2026-11-26T16:09:46Z" level=fatal msg="logging into \\"127.0.0.1:8802\\": invalid username/password"',
      401,
      'logging into "127.0.0.1:8802": invalid username/password',
    ],
    [
      "Cloning into 'x'...\nremote: HTTP Basic: Access denied\nfatal: Authentication failed for 'http://127.0.0.1:8802/git/x.git/'\n",
      401,
      "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'http://127.0.0.1:8802/git/x.git/'",
    ],
    [
      "$ git push\nfatal: unable to access 'http://127.0.0.1:8802/x.git/': The requested URL returned error: 403\n",
      403,
      "fatal: unable to access 'http://127.0.0.1:8802/x.git/': The requested URL returned error: 403",
    ],
    [
      "npm http fetch GET 401 http://127.0.0.1:8802/npm/acme 54ms (cache skip)\nnpm error code E401\nnpm error Unable to authenticate, your authentication token seems to be invalid.\nnpm error A complete log of this run can be found in: ~/.npm/_logs/2026-debug-0.log\n",
      401,
      "code E401\nUnable to authenticate, your authentication token seems to be invalid.",
    ],
    [
      "--2026-11-26 16:21:09--  http://127.0.0.1:8801/orders\nConnecting to 127.0.0.1:8801... connected.\nHTTP request sent, awaiting response... 401 Unauthorized\n\nUsername/Password Authentication Failed.\n",
      401,
      "HTTP request sent, awaiting response... 401 Unauthorized\n\nUsername/Password Authentication Failed.",
    ],
    [
      "curl: (22) The requested URL returned error: 401\n",
      401,
      "curl: (22) The requested URL returned error: 401",
    ],
  ] as const) {
    it(`is an answer: ${text.slice(0, 60)}`, () => {
      const { inquiry, form } = readPasted(text);
      assert.equal(form, "tool-error");
      assert.deepEqual(inquiry, { response: { status, body } });
    });
  }

  it("is wget's answer with its headers, where it shows them", () => {
    const { inquiry } = readPasted(
      "--2026-11-26 16:09:25--  http://127.0.0.1:8801/orders\nConnecting to 127.0.0.1:8801... connected.\nHTTP request sent, awaiting response... \n  HTTP/1.1 401 Unauthorized\n  www-authenticate: Bearer\n\nUsername/Password Authentication Failed.\n",
    );
    assert.deepEqual(inquiry, {
      response: { status: 401, headers: { "www-authenticate": "Bearer" } },
    });
  });
});
