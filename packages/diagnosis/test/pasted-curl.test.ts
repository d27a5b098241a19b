/** What people paste: curl commands, as terminals, browsers and logs have them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPasted, type Inquiry } from "@assay/diagnosis";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
const URL = "https://api.example.com/orders?limit=5";

const requestOf = (text: string): NonNullable<Inquiry["request"]> => {
  const { inquiry, form } = readPasted(text);
  assert.equal(form, "curl");
  assert.ok(inquiry.request);
  return inquiry.request;
};

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
