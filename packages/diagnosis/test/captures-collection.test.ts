/** Collections of Postman and Bruno, and the report of a run: read as what real tools wrote (test/captures). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readPasted, type Inquiry } from "@assay/diagnosis";

const read = (name: string): ReturnType<typeof readPasted> =>
  readPasted(
    readFileSync(new URL(`captures/${name}`, import.meta.url), "utf8"),
  );

function header({ headers }: NonNullable<Inquiry["request"]>, name: string) {
  return Object.entries(headers ?? {}).find(
    ([own]) => own.toLowerCase() === name,
  )?.[1];
}

const REFUSAL =
  '{"error":"invalid_token","error_description":"The token expired"}';
const ORDERS = "https://api.example.com/orders";

/** As bru 4 writes them. */
const BRUNO_YAML = `info:
  name: orders
  type: http
  seq: 1

http:
  method: POST
  url: "{{base}}?limit=5"
  headers:
    - name: x-note
      value: 'it''s: "here" # too'
    - name: x-off
      value: a
      disabled: true
  body:
    type: json
    data: |-
      {
        "amount": 3
      }
  auth: inherit

settings:
  encodeUrl: true
`;
const BRUNO_COLLECTION = `opencollection: 1.0.0

info:
  name: orders

request:
  auth:
    type: bearer
    token: "{{token}}"
  variables:
    - name: base
      value: ${ORDERS}
    - name: token
      value: eyJ.e30.c2ln
bundled: false
extensions: {}
`;

describe("a collection", () => {
  it("of Postman gives the request with its variables and the authorization of its folder", () => {
    const { inquiry, form } = read("postman-collection.json");
    assert.equal(form, "postman-collection");
    assert.equal(inquiry.request?.url, "http://api.example.com/orders?limit=5");
    assert.match(
      String(header(inquiry.request, "authorization")),
      /^Bearer eyJ/,
    );
    assert.equal(header(inquiry.request, "x-off"), undefined);
  });

  it("gives the refusal that was saved with it, and keeps a variable that has no value", () => {
    const text = JSON.stringify({
      info: {
        schema:
          "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
      },
      item: [
        { name: "a", request: ORDERS },
        {
          name: "b",
          request: {
            method: "GET",
            auth: {
              type: "bearer",
              bearer: [{ key: "token", value: "{{ACCESS_TOKEN}}" }],
            },
            url: { raw: ORDERS },
          },
          response: [
            { code: 200, body: "{}" },
            { code: 401, header: [], body: REFUSAL },
          ],
        },
      ],
    });
    assert.deepEqual(readPasted(text).inquiry, {
      request: {
        method: "GET",
        url: ORDERS,
        headers: { Authorization: "Bearer {{ACCESS_TOKEN}}" },
      },
      response: { status: 401, body: REFUSAL },
    });
  });

  it("of Bruno gives its request, its pairs that are on, its body", () => {
    const { inquiry, form } = read("orders.bru");
    assert.equal(form, "bruno-file");
    assert.deepEqual(
      {
        ...inquiry.request,
        headers: Object.keys(inquiry.request?.headers ?? {}),
      },
      {
        method: "POST",
        url: "http://api.example.com/orders?limit=5",
        headers: ["accept", "Authorization"],
        body: '{\n  "amount": 3\n}',
      },
    );
  });

  it("of Bruno in YAML gives the same, its variables filled in", () => {
    const { inquiry, form } = readPasted(BRUNO_YAML + BRUNO_COLLECTION);
    assert.equal(form, "bruno-file");
    assert.deepEqual(inquiry, {
      request: {
        method: "POST",
        url: `${ORDERS}?limit=5`,
        headers: {
          "x-note": 'it\'s: "here" # too',
          Authorization: "Bearer eyJ.e30.c2ln",
        },
        body: '{\n  "amount": 3\n}',
      },
    });
  });

  it("of Bruno does not say that a request carries no token when it inherits one that is not shown", () => {
    assert.equal(readPasted(BRUNO_YAML).inquiry.request, undefined);
    assert.equal(
      readPasted("get {\n  url: https://api.example.com\n  auth: inherit\n}\n")
        .inquiry.request,
      undefined,
    );
  });

  it("of Bruno is its settings alone, or all its requests in one file", () => {
    const settings = readPasted(BRUNO_COLLECTION);
    assert.deepEqual(settings.inquiry.request, {
      headers: { Authorization: "Bearer eyJ.e30.c2ln" },
    });
    const items = `items:\n  - info:\n      name: a\n    http:\n      method: GET\n      url: ${ORDERS}\n      auth:\n        type: none\n  - info:\n      name: folder\n    items:\n    - info:\n        name: b\n      http:\n        method: PUT\n        url: "{{base}}/2"\n        auth: inherit\n`;
    const { capture: listed, inquiry } = readPasted(BRUNO_COLLECTION + items);
    assert.deepEqual(
      listed?.requests.map(({ method, url }) => `${method} ${url}`),
      [`GET ${ORDERS}`, `PUT ${ORDERS}/2`],
    );
    assert.equal(listed.judged, 2);
    assert.equal(
      inquiry.request?.headers?.["Authorization"],
      "Bearer eyJ.e30.c2ln",
    );
    const old = readPasted(
      "auth {\n  mode: bearer\n}\n\nauth:bearer {\n  token: abc\n}\n",
    );
    assert.deepEqual(old.inquiry.request, {
      headers: { Authorization: "Bearer abc" },
    });
  });

  it("of Bruno, run, gives the answer alone where Bruno put stars in the place of the token", () => {
    const { inquiry, form } = read("bruno-report.json");
    assert.equal(form, "bruno-run");
    assert.equal(inquiry.request, undefined);
    assert.equal(inquiry.response?.status, 401);
    assert.equal(inquiry.response.body, REFUSAL);
  });

  it("does not grow by variables in variables", () => {
    const text = `meta {\n}\n\nget {\n  url: ${"{{a}}".repeat(5000)}\n}\n\nvars:pre-request {\n  a: ${"{{a}}b".repeat(2000)}\n}\n`;
    const { request } = readPasted(text).inquiry;
    assert.ok((request?.url?.length ?? 0) < 1024 * 1024);
  });
});
