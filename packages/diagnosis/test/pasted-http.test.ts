/** What people paste: HTTP requests and responses. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPasted } from "@assay/diagnosis";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
const URL = "https://api.example.com/orders?limit=5";

describe("an HTTP message", () => {
  const request = `GET /orders?limit=5 HTTP/1.1\nHost: api.example.com\nAuthorization: Bearer ${TOKEN}\nX-A: 1\nX-A: 2\nX-Fold: a\n   b\n\n`;
  const seen = {
    method: "GET",
    url: URL,
    headers: {
      Host: "api.example.com",
      Authorization: `Bearer ${TOKEN}`,
      "X-A": ["1", "2"],
      "X-Fold": "a b",
    },
  };

  it("is a request, with either line end", () => {
    assert.deepEqual(readPasted(request), {
      inquiry: { request: seen },
      form: "http-request",
    });
    assert.deepEqual(readPasted(request.replaceAll("\n", "\r\n")), {
      inquiry: { request: seen },
      form: "http-request",
    });
  });

  it("is a response with its body", () => {
    const response = {
      status: 401,
      headers: { "WWW-Authenticate": "Bearer", "Set-Cookie": ["a=1", "b=2"] },
      body: "line one\n\nline two",
    };
    const text =
      "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nline one\n\nline two\n";
    assert.deepEqual(readPasted(text), {
      inquiry: { response },
      form: "http-response",
    });
  });

  it("is an exchange", () => {
    const { inquiry, form } = readPasted(
      `${request}HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n`,
    );
    assert.equal(form, "http-exchange");
    assert.deepEqual(inquiry, {
      request: seen,
      response: { status: 403, headers: { "Content-Length": "0" } },
    });
  });

  it("is what curl -v tells, without curl's own talk", () => {
    const text = [
      "*   Trying 127.0.0.1:8080...",
      "* Connected to localhost (127.0.0.1) port 8080",
      "> POST /x HTTP/1.1",
      "> Host: localhost:8080",
      `> Authorization: Bearer ${TOKEN}`,
      ">",
      "} [7 bytes data]",
      "* upload completely sent off: 7 bytes",
      "< HTTP/1.1 401 Unauthorized",
      "< Content-Type: application/json",
      "<",
      "{ [12 bytes data]",
      "100    12  100    12    0     7   1200    700 --:--:-- --:--:-- --:--:--  1900",
      '{"error":"x"}',
      "* Connection #0 to host localhost left intact",
    ].join("\r\n");
    const { inquiry, form } = readPasted(text);
    assert.equal(form, "curl-output");
    assert.deepEqual(inquiry.request, {
      method: "POST",
      url: "http://localhost:8080/x",
      headers: { Host: "localhost:8080", Authorization: `Bearer ${TOKEN}` },
    });
    assert.deepEqual(inquiry.response, {
      status: 401,
      headers: { "Content-Type": "application/json" },
      body: '{"error":"x"}',
    });
  });

  it("is header lines alone, of either side, and those of developer tools", () => {
    const asked = readPasted(
      `:authority: api.example.com\n:method: PUT\n:path: /x\n:scheme: https\naccept: */*\nauthorization: Bearer x`,
    );
    assert.deepEqual(asked, {
      inquiry: {
        request: {
          method: "PUT",
          url: "https://api.example.com/x",
          headers: { accept: "*/*", authorization: "Bearer x" },
        },
      },
      form: "http-request",
    });
    assert.deepEqual(
      readPasted(`Authorization: Bearer x\nAccept: */*`).inquiry,
      { request: { headers: { Authorization: "Bearer x", Accept: "*/*" } } },
    );
    assert.deepEqual(
      readPasted(`WWW-Authenticate: Bearer error="invalid_token"`),
      {
        inquiry: {
          response: {
            headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' },
          },
        },
        form: "http-response",
      },
    );
  });

  it("keeps a header line without a colon", () => {
    assert.deepEqual(
      readPasted(`GET / HTTP/1.1\nHost: a.example\nAuthorization Bearer x\n\n`)
        .inquiry.request?.headers,
      {
        Host: "a.example",
        "Authorization Bearer x": "",
      },
    );
  });
});
