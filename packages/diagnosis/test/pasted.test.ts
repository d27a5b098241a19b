/** What people paste, read as they meant it: every form, real commands as browsers copy them, and odd texts that must not hurt. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPasted, type Inquiry } from "@assay/diagnosis";
import fc from "fast-check";
import { growsLinearly } from "../../../test/grows-linearly.ts";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";

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

  it("of 64 KiB is read in linear time, whatever it repeats", async () => {
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
        await growsLinearly(
          (length) =>
            readPasted(start + part.repeat(Math.ceil(length / part.length))),
          64 * 1024,
          JSON.stringify(start + part),
        );
      }
    }
  });
});
