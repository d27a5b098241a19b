/** What people paste, read as they meant it: every form, real commands as browsers copy them, and odd texts that must not hurt. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPasted, type Inquiry } from "@assay/diagnosis";
import fc from "fast-check";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
const URL = "https://api.example.com/orders?limit=5";

const requestOf = (text: string): NonNullable<Inquiry["request"]> => {
  const { inquiry, form } = readPasted(text);
  assert.equal(form, "curl");
  assert.ok(inquiry.request);
  return inquiry.request;
};

describe("a bare token", () => {
  it("loses one final line end and keeps everything else", () => {
    for (const damaged of [
      TOKEN,
      ` ${TOKEN} `,
      `"${TOKEN}"`,
      `${TOKEN.slice(0, 20)}\n${TOKEN.slice(20)}`,
      `\ufeff${TOKEN}`,
      `${TOKEN}\n`,
      "",
      "undefined",
      "ghp_abc",
    ]) {
      for (const end of ["\n", "\r\n"])
        assert.deepEqual(readPasted(damaged + end), {
          inquiry: { token: damaged },
          form: "token",
        });
    }
  });

  it("is what other JSON is taken for: the answer of a token endpoint is no inquiry", () => {
    for (const text of [
      `{"access_token":"${TOKEN}"}`,
      "{}",
      "{",
      `["${TOKEN}"]`,
      `"${TOKEN}"`,
    ]) {
      assert.deepEqual(readPasted(text), {
        inquiry: { token: text },
        form: "token",
      });
    }
  });

  it("is not made of an error message", () => {
    for (const text of [
      "jwt expired",
      "Error: jwt malformed",
      "TypeError: x\nat: y",
      "token is invalid",
    ])
      assert.equal(readPasted(text).form, "token");
  });
});

describe("an inquiry as JSON", () => {
  it("is taken whole, with its policy and clock", () => {
    const inquiry: Inquiry = {
      token: TOKEN,
      policy: { issuer: "https://a.example" },
      now: "2026-11-22T12:00:00Z",
    };
    assert.deepEqual(readPasted(` ${JSON.stringify(inquiry, null, 2)}\n`), {
      inquiry,
      form: "inquiry",
    });
  });
});

describe("an Authorization line", () => {
  const cases: readonly (readonly [
    text: string,
    name: string,
    value: string,
  ])[] = [
    [`Authorization: Bearer ${TOKEN}`, "Authorization", `Bearer ${TOKEN}`],
    [`  authorization:Bearer ${TOKEN}\r\n`, "authorization", `Bearer ${TOKEN}`],
    [`Bearer ${TOKEN}`, "authorization", `Bearer ${TOKEN}`],
    [`Bearer: ${TOKEN}`, "authorization", `Bearer: ${TOKEN}`],
    [`bearer  "${TOKEN}"`, "authorization", `bearer  "${TOKEN}"`],
    ["Bearer", "authorization", "Bearer"],
    ["Authorization:", "Authorization", ""],
    ["Authorization: Bearer ", "Authorization", "Bearer"],
    [`DPoP ${TOKEN}`, "authorization", `DPoP ${TOKEN}`],
    [`JWT ${TOKEN}`, "authorization", `JWT ${TOKEN}`],
    [`authorization bearer ${TOKEN}`, `authorization bearer ${TOKEN}`, ""],
    [`'Authorization': 'Bearer ${TOKEN}',`, "authorization", `Bearer ${TOKEN}`],
    [`"authorization" : "Bearer ${TOKEN}"`, "authorization", `Bearer ${TOKEN}`],
    [
      `Authorization: Bearer ${TOKEN.slice(0, 9)}\n${TOKEN.slice(9)}`,
      "Authorization",
      `Bearer ${TOKEN.slice(0, 9)}\n${TOKEN.slice(9)}`,
    ],
    [
      `Authorization: Bearer ${TOKEN}\u00a0`,
      "Authorization",
      `Bearer ${TOKEN}\u00a0`,
    ],
  ];
  for (const [text, name, value] of cases) {
    it(`reads ${JSON.stringify(text.slice(0, 32))}`, () => {
      assert.deepEqual(readPasted(text), {
        inquiry: { request: { headers: { [name]: value } } },
        form: "authorization",
      });
    });
  }
});

describe("a curl command", () => {
  it("is read as Chrome and Firefox copy it for a POSIX shell", () => {
    const text = [
      `curl '${URL}' \\`,
      "  -H 'accept: application/json, text/plain, */*' \\",
      `  -H 'authorization: Bearer ${TOKEN}' \\`,
      "  -b 'sid=1; theme=dark' \\",
      `  -H 'sec-ch-ua: "Chromium";v="142", "Not)A;Brand";v="24"' \\`,
      '  --data-raw $\'{"note":"it\\\'s \\u00e9 \\x41\\n"}\' \\',
      "  --compressed --insecure\n",
    ].join("\n");
    assert.deepEqual(requestOf(text), {
      method: "POST",
      url: URL,
      headers: {
        accept: "application/json, text/plain, */*",
        authorization: `Bearer ${TOKEN}`,
        cookie: "sid=1; theme=dark",
        "sec-ch-ua": '"Chromium";v="142", "Not)A;Brand";v="24"',
        "content-type": "application/x-www-form-urlencoded",
      },
      body: '{"note":"it\'s \u00e9 A\n"}',
    });
  });

  it("is read as Chrome copies it for cmd.exe", () => {
    const text = [
      `curl ^"${URL.replace("?", "^?")}^&page=2^" ^`,
      '  -H ^"content-type: application/json^" ^',
      `  -H ^"authorization: Bearer ${TOKEN}^" ^`,
      '  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"142^\\^"^" ^',
      '  --data-raw ^"^{^\\^"name^\\^":^\\^"50^% a^&b^\\^"^}^"',
    ].join("\r\n");
    assert.deepEqual(requestOf(text), {
      method: "POST",
      url: `${URL}&page=2`,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${TOKEN}`,
        "sec-ch-ua": '"Chromium";v="142"',
      },
      body: '{"name":"50% a&b"}',
    });
  });

  it("is read as one writes it for PowerShell", () => {
    const text = `PS C:\\Users\\me> curl.exe "${URL}" \`\n  -H "Authorization: Bearer ${TOKEN}" \`\n  -d 'it''s' -H "X-Name: \`"a\`" \`$b"`;
    const { headers, body } = requestOf(text);
    assert.deepEqual(headers, {
      Authorization: `Bearer ${TOKEN}`,
      "X-Name": '"a" $b',
      "content-type": "application/x-www-form-urlencoded",
    });
    assert.equal(body, "it's");
  });

  const requests: readonly (readonly [
    text: string,
    request: NonNullable<Inquiry["request"]>,
  ])[] = [
    [`curl ${URL}`, { method: "GET", url: URL }],
    [
      `$ curl -sSL -XDELETE ${URL} -H'Authorization: Bearer x' | jq .`,
      { method: "DELETE", url: URL, headers: { Authorization: "Bearer x" } },
    ],
    [
      `curl.exe --location "${URL}" --header "Authorization: Bearer x"`,
      { method: "GET", url: URL, headers: { Authorization: "Bearer x" } },
    ],
    [
      `/usr/bin/curl --oauth2-bearer x --url ${URL} -o out.json > log 2>&1`,
      { method: "GET", url: URL, headers: { authorization: "Bearer x" } },
    ],
    [
      `curl -u web:s\u00e9cret ${URL}`,
      {
        method: "GET",
        url: URL,
        headers: { authorization: "Basic d2ViOnPDqWNyZXQ=" },
      },
    ],
    [
      `curl -u a:b -H "Authorization: Bearer x" ${URL}`,
      { method: "GET", url: URL, headers: { Authorization: "Bearer x" } },
    ],
    [
      `curl -H "X-A: 1" -H "x-a: 2" ${URL}`,
      { method: "GET", url: URL, headers: { "X-A": ["1", "2"] } },
    ],
    [
      `curl -H "Authorization Bearer x" ${URL}`,
      { method: "GET", url: URL, headers: { "Authorization Bearer x": "" } },
    ],
    [
      `curl -H "Authorization: Bearer $TOKEN" ${URL}`,
      { method: "GET", url: URL, headers: { Authorization: "Bearer $TOKEN" } },
    ],
    [
      `curl -H "Authorization: Bearer $(jq -r ".t" f.json)" ${URL}`,
      {
        method: "GET",
        url: URL,
        headers: { Authorization: 'Bearer $(jq -r ".t" f.json)' },
      },
    ],
    [
      `curl -H Authorization: Bearer x ${URL}`,
      { method: "GET", url: URL, headers: { Authorization: "" } },
    ],
    [
      `curl -H "X-Empty;" -H @file -A me -e https://r.example ${URL}`,
      {
        method: "GET",
        url: URL,
        headers: {
          "X-Empty": "",
          "user-agent": "me",
          referer: "https://r.example",
        },
      },
    ],
    [`curl -I ${URL} # look`, { method: "HEAD", url: URL }],
    [
      "curl api.example.com/x",
      { method: "GET", url: "http://api.example.com/x" },
    ],
    [
      `curl -G -d q=1 --data-urlencode "access_token=a b" https://a.example/x#f`,
      { method: "GET", url: "https://a.example/x?q=1&access_token=a%20b#f" },
    ],
    [
      `curl ${URL} --json '{"a":1}' --connect-timeout 5 -w '%{http_code}'`,
      {
        method: "POST",
        url: URL,
        headers: {
          "content-type": "application/json",
          accept: "application/json",
        },
        body: '{"a":1}',
      },
    ],
    [
      `curl ${URL} -d grant_type=refresh_token -d 'refresh_token=r'`,
      {
        method: "POST",
        url: URL,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "grant_type=refresh_token&refresh_token=r",
      },
    ],
    [`curl ${URL} -T file`, { method: "PUT", url: URL }],
    [`curl ${URL} -d @body.json`, { method: "POST", url: URL }],
    [
      `curl ${URL}\n  -H "Authorization: Bearer x"\n`,
      { method: "GET", url: URL, headers: { Authorization: "Bearer x" } },
    ],
    [
      `curl ${URL} \\ \n  -H "Authorization: Bearer x"\n`,
      { method: "GET", url: URL, headers: { Authorization: "Bearer x" } },
    ],
    [
      `\`\`\`sh\ncurl ${URL} \\\n  -H "Authorization: Bearer x"\n\`\`\``,
      { method: "GET", url: URL, headers: { Authorization: "Bearer x" } },
    ],
    [
      `curl ${URL} -H "Authorization: Bearer x`,
      { method: "GET", url: URL, headers: { Authorization: "Bearer x" } },
    ],
    [
      `-H "Authorization: Bearer x"`,
      { method: "GET", headers: { Authorization: "Bearer x" } },
    ],
    ["curl", { method: "GET" }],
  ];
  for (const [text, request] of requests)
    it(`reads ${JSON.stringify(text.slice(0, 90))}`, () =>
      assert.deepEqual(requestOf(text), request));

  it("takes a line without a colon for the name that a server sees", () => {
    assert.deepEqual(
      requestOf(`curl -H "authorization bearer ${TOKEN}" ${URL}`).headers,
      { [`authorization bearer ${TOKEN}`]: "" },
    );
  });

  it("takes the answer that was copied along", () => {
    const { inquiry } = readPasted(
      `$ curl -i ${URL} -H "Authorization: Bearer x"\nHTTP/2 401\nwww-authenticate: Bearer error="invalid_token"\n\n{"error":"x"}\n`,
    );
    assert.equal(inquiry.request?.url, URL);
    assert.deepEqual(inquiry.response, {
      status: 401,
      headers: { "www-authenticate": 'Bearer error="invalid_token"' },
      body: '{"error":"x"}',
    });
  });

  it("keeps a header with a dangerous name a header", () => {
    const headers = requestOf(`curl -H "__proto__: x" ${URL}`).headers ?? {};
    assert.deepEqual(Object.entries(headers), [["__proto__", "x"]]);
  });
});

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
    assert.equal(form, "http-exchange");
    assert.deepEqual(inquiry.request, {
      method: "POST",
      url: "https://localhost:8080/x",
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

describe("any text", () => {
  const odd = [
    "'",
    '"',
    "\\",
    "^",
    "`",
    "\n",
    "\r\n",
    " ",
    "\t",
    "curl",
    "-H",
    "-d",
    "--data-urlencode",
    "$'",
    "\\u",
    "$(",
    ">",
    "HTTP/1.1 401",
    "GET / HTTP/1.1",
    ":",
    "Bearer",
    "{",
    "\ud800",
    "@",
    "=",
  ];

  it("is read without an exception, into an inquiry", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom(...odd), fc.string({ maxLength: 6 })),
          { maxLength: 40 },
        ),
        fc.constantFrom(
          "",
          "curl ",
          "curl ^\n",
          "curl `\n",
          "GET / HTTP/1.1\n",
          "> GET / HTTP/1.1\n",
        ),
        (parts, start) => {
          const text = start + parts.join("");
          const { inquiry } = readPasted(text);
          assert.ok(
            inquiry.token !== undefined || inquiry.request || inquiry.response,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("of 64 KiB is read at once, whatever it repeats: a quadratic reader would take seconds", () => {
    const starts = [
      "",
      "curl ",
      "curl ^\n ",
      "curl `\n ",
      "-H ",
      "Authorization: ",
      "GET / HTTP/1.1\n",
      "> GET / HTTP/1.1\n",
      '"authorization":"',
      "{",
      "x:",
    ];
    for (const start of starts) {
      for (const part of [
        ...odd,
        "a ",
        "$(x",
        "x: y\n",
        "> x\n",
        "\\'",
        "\n ",
        "\n-a ",
      ]) {
        const text = start + part.repeat(Math.ceil((64 * 1024) / part.length));
        const began = performance.now();
        readPasted(text);
        const took = performance.now() - began;
        assert.ok(took < 200, `${took} ms for ${JSON.stringify(start + part)}`);
      }
    }
  });
});
