/** What tools record of several requests, read as what they really wrote (test/captures): the one that failed, and what led to it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { diagnose, readPasted, type Inquiry } from "@assay/diagnosis";

const textOf = (name: string): string =>
  readFileSync(new URL(`captures/${name}`, import.meta.url), "utf8");

function read(name: string): { inquiry: Inquiry; form: string } {
  return readPasted(textOf(name));
}

function header({ headers }: NonNullable<Inquiry["request"]>, name: string) {
  return Object.entries(headers ?? {}).find(
    ([own]) => own.toLowerCase() === name,
  )?.[1];
}

const REFUSAL =
  '{"error":"invalid_token","error_description":"The token expired"}';

/** Each is the second of two or more requests that a real tool sent to a server that refuses it. */
const REFUSED: readonly (readonly [
  file: string,
  form: string,
  method: string,
  url: string,
  body: string | undefined,
])[] = [
  [
    "har-refused.har",
    "har",
    "POST",
    "http://api.example.com/orders?limit=5",
    '{"amount":3}',
  ],
  [
    "newman-report.json",
    "postman-run",
    "POST",
    "http://api.example.com/orders?limit=5",
    '{"amount":3}',
  ],
  [
    "curl-http1.txt",
    "curl-output",
    "GET",
    "http://api.example.com/orders?limit=5",
    undefined,
  ],
  [
    "curl-tls1.txt",
    "curl-output",
    "GET",
    "https://api.example.com/orders",
    undefined,
  ],
  [
    "curl-http2.txt",
    "curl-output",
    "POST",
    "https://api.example.com/orders",
    undefined,
  ],
];

describe("a capture", () => {
  for (const [file, form, method, url, body] of REFUSED) {
    it(`gives the refused request of ${file}`, () => {
      const captured = read(file);
      const { request = {}, response, now } = captured.inquiry;
      assert.equal(captured.form, form);
      assert.equal(request.method, method);
      assert.equal(request.url, url);
      assert.equal(request.body, body);
      assert.match(String(header(request, "authorization")), /^Bearer eyJ/);
      assert.equal(response?.status, 401);
      assert.equal(response.body, REFUSAL);
      assert.match(
        String(header(response, "www-authenticate")),
        /invalid_token/,
      );
      assert.match(String(now), /^2026-11-26T13:\d\d:\d\d/);
    });
  }

  for (const file of ["har-redirect.har", "curl-redirect.txt"]) {
    it(`tells of the header that a redirect dropped in ${file}`, async () => {
      const { inquiry } = read(file);
      assert.equal(inquiry.request?.url, "http://www.example.com/orders");
      assert.equal(header(inquiry.request, "authorization"), undefined);
      assert.match(String(inquiry.context?.clientToken), /^eyJ[^ ]+$/);
      assert.deepEqual(inquiry.context?.documents, {
        "http://api.example.com/old": {
          status: 302,
          headers: { location: "http://www.example.com/orders" },
        },
      });
      const { reason, causes } = await diagnose(inquiry);
      assert.equal(reason, "request.token_missing");
      assert.equal(causes[0]?.cause, "transit.redirect");
    });
  }

  it("keeps a redirect that carried the header along, and no token beside it", () => {
    const { context, request } = read("har-slash.har").inquiry;
    assert.equal(request?.url, "http://api.example.com/orders");
    assert.equal(context?.clientToken, undefined);
    assert.deepEqual(Object.keys(context?.documents ?? {}), [
      "http://api.example.com/slash",
    ]);
  });

  it("gives a request that the browser could not send, where it recorded no preflight", () => {
    const { request, response } = read("har-preflight.har").inquiry;
    assert.equal(request?.url, "http://www.example.com/orders");
    assert.equal(response, undefined);
  });
});

interface EntryGiven {
  readonly method?: string;
  readonly url: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answered?: Readonly<Record<string, string>>;
  readonly error?: string;
}

const pairs = (headers: Readonly<Record<string, string>> = {}) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

/** A HAR as the developer tools of a browser export it. */
const har = (entries: readonly EntryGiven[]): string =>
  JSON.stringify({
    log: {
      version: "1.2",
      creator: { name: "WebInspector", version: "537.36" },
      entries: entries.map(
        ({ method = "GET", url, status, headers, answered, error }) => ({
          startedDateTime: "2026-11-26T13:15:40.952Z",
          request: { method, url, headers: pairs(headers) },
          response: {
            status,
            headers: pairs(answered),
            content: { size: 0, mimeType: "x-unknown" },
            redirectURL: answered?.["location"] ?? "",
            ...(error !== undefined && { _error: error }),
          },
        }),
      ),
    },
  });

const ORDERS = "https://api.example.com/orders";
const BEARER = { authorization: "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln" };

describe("the failing request of a HAR", () => {
  const chosen = (entries: readonly EntryGiven[]): string => {
    const { request, response } = readPasted(har(entries)).inquiry;
    return `${request?.method} ${request?.url} ${response?.status}`;
  };

  it("is the preflight, when that was refused", async () => {
    const entries = [
      { url: ORDERS, status: 0, headers: BEARER, error: "net::ERR_FAILED" },
      {
        method: "OPTIONS",
        url: ORDERS,
        status: 404,
        headers: {
          origin: "https://app.example.com",
          "access-control-request-method": "GET",
          "access-control-request-headers": "authorization",
        },
      },
    ];
    for (const given of [entries, entries.toReversed()])
      assert.equal(chosen(given), `OPTIONS ${ORDERS} 404`);
    const refused = entries.map((entry) =>
      entry.method ? { ...entry, status: 401 } : entry,
    );
    const { causes } = await diagnose(readPasted(har(refused)).inquiry);
    assert.equal(causes[0]?.cause, "transit.preflight");
  });

  it("is the refused one, not a picture that is missing or a script that was blocked", () => {
    const refused = { url: ORDERS, status: 401, headers: BEARER };
    assert.equal(
      chosen([
        { url: "https://api.example.com/fine", status: 200, headers: BEARER },
        refused,
        { url: "https://app.example.com/favicon.ico", status: 404 },
        {
          url: "https://tracker.example/x.js",
          status: 0,
          error: "net::ERR_BLOCKED_BY_CLIENT",
        },
        { url: "https://app.example.com/login", status: 200 },
      ]),
      `GET ${ORDERS} 401`,
    );
    const other = { ...refused, url: `${ORDERS}/1`, status: 403 };
    assert.equal(chosen([refused, other]), `GET ${ORDERS}/1 403`);
    // The client renewed its token, and asked again.
    assert.equal(
      chosen([other, refused, { ...refused, status: 200 }]),
      `GET ${ORDERS}/1 403`,
    );
  });

  it("is the one that carried credentials, when none failed", () => {
    assert.equal(
      chosen([
        { url: ORDERS, status: 200, headers: BEARER },
        { url: "https://app.example.com/", status: 200 },
      ]),
      `GET ${ORDERS} 200`,
    );
  });

  it("brings the keys and the authorization request that the HAR knows", () => {
    const authorize =
      "https://id.example.com/authorize?response_type=code&client_id=web";
    const { context } = readPasted(
      har([
        {
          url: authorize,
          status: 302,
          answered: { location: "https://app.example.com/cb?code=1" },
        },
        {
          url: "https://id.example.com/.well-known/openid-configuration",
          status: 200,
        },
        { method: "POST", url: "https://id.example.com/token", status: 400 },
      ]),
    ).inquiry;
    assert.deepEqual(context?.documents, {
      [authorize]: {
        status: 302,
        headers: { location: "https://app.example.com/cb?code=1" },
      },
      "https://id.example.com/.well-known/openid-configuration": {
        status: 200,
      },
    });
  });

  it("is its answer alone, where the browser took all credentials out", () => {
    const answered = { "www-authenticate": "Bearer" };
    const { request, response } = readPasted(
      har([
        { url: "https://app.example.com/", status: 200 },
        { url: ORDERS, status: 401, answered },
      ]),
    ).inquiry;
    assert.equal(request, undefined);
    assert.deepEqual(response, { status: 401, headers: answered });
  });

  it("is not looked for in other JSON, and an odd HAR does no harm", () => {
    for (const text of [
      '{"log":{}}',
      '{"log":{"entries":[]}}',
      '{"log":{"entries":{}}}',
      '["log"]',
    ])
      assert.equal(readPasted(text).form, "token");
    assert.equal(
      readPasted('{"log":{"entries":[null,{"request":{"headers":[1,{}]}}]}}')
        .form,
      "har",
    );
  });
});

describe("several requests in one text", () => {
  const entries = [
    { url: `${ORDERS}?limit=5`, status: 401, headers: BEARER },
    { url: "https://user:pass@app.example.com/a#b", status: 200 },
    { method: "POST", url: `${ORDERS}?token=secret`, status: 0 },
  ];

  it("are named without what is secret, with the one that was taken", () => {
    const { capture } = readPasted(har(entries));
    assert.deepEqual(capture, {
      requests: [
        { position: 1, method: "GET", url: ORDERS, status: 401 },
        {
          position: 2,
          method: "GET",
          url: "https://app.example.com/a",
          status: 200,
        },
        { position: 3, method: "POST", url: ORDERS, status: null },
      ],
      judged: 1,
    });
    assert.equal(readPasted(har(entries.slice(0, 1))).capture, undefined);
  });

  it("are each to be chosen, and a position that there is not chooses none", () => {
    const taken = (request: number) => {
      const { capture, inquiry } = readPasted(har(entries), { request });
      return [capture?.judged, inquiry.request?.url];
    };
    assert.deepEqual(taken(2), [2, entries[1]?.url]);
    assert.deepEqual(taken(3), [3, entries[2]?.url]);
    for (const none of [0, 4, -1, 1.5, NaN])
      assert.deepEqual(taken(none), [1, entries[0]?.url]);
  });

  it("are commands behind one another, each with what it printed", () => {
    const refused = "HTTP/1.1 401 Unauthorized\nDate: x\n\n{}\n";
    const { inquiry, capture } = readPasted(
      `$ curl -i ${ORDERS}/1 -H 'Authorization: Bearer a'\n${refused}$ curl -i ${ORDERS}/2\nHTTP/1.1 200 OK\n\nok\n$ curl -i ${ORDERS}/3\n`,
    );
    assert.equal(inquiry.request?.url, `${ORDERS}/1`);
    assert.equal(inquiry.response?.status, 401);
    assert.deepEqual(
      capture?.requests.map(({ status }) => status),
      [401, 200, null],
    );
    // A sentence about curl is no command.
    assert.equal(
      readPasted(`curl ${ORDERS}\n\ncurl says nothing`).capture,
      undefined,
    );
  });
});
