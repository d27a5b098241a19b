import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { OAuthError } from "../errors.ts";
import { formDecode, LONGEST_FORM, readForm, readQuery } from "./form.ts";

const FORM = "application/x-www-form-urlencoded";
const ADDRESS = "https://issuer.example/token";
const request = (
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  type: string | null = FORM,
  url = ADDRESS,
): Request => {
  const made = new Request(url, { method: "POST", body, duplex: "half" });
  made.headers.delete("content-type");
  if (type !== null) made.headers.set("content-type", type);
  return made;
};
const refused =
  (
    how: string,
    parameter: string | null = null,
    description?: RegExp,
  ): ((error: unknown) => boolean) =>
  (error) => {
    assert.ok(error instanceof OAuthError);
    assert.equal(error.code, "invalid_request");
    assert.equal(error.status, 400);
    assert.equal(error.detail.cause, "oauth.request_format");
    assert.deepEqual(error.detail.facts, { how, parameter });
    if (description) assert.match(error.message, description);
    return true;
  };
/** Texts with everything that encoding changes; U+0000 is refused. */
const text = fc
  .string({ unit: "binary", maxLength: 20 })
  .filter((value) => !value.includes("\0"));

describe("the form of a request", () => {
  it("gives back what a form encoder was given", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(text.filter(Boolean), text), {
          selector: ([name]) => name,
          maxLength: 8,
        }),
        async (pairs) => {
          const encoded = new URLSearchParams(pairs).toString();
          const form = await readForm(request(encoded));
          const query = readQuery(`${ADDRESS}?${encoded}#fragment`);
          for (const [name, value] of pairs) {
            assert.equal(form.get(name), value === "" ? null : value);
            assert.equal(query.get(name), form.get(name));
          }
        },
      ),
    );
  });

  it("decodes as the URL standard does, wherever that has nothing to replace", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(?:[A-Za-z0-9+*._-]|%[0-9A-Fa-f]{2}){0,12}$/),
        (value) => {
          const standard = new URLSearchParams(`a=${value}`).get("a") ?? "";
          const mine = formDecode(value);
          if (mine === null)
            assert.ok(standard.includes("\uFFFD") || standard.includes("\0"));
          else assert.equal(mine, standard);
        },
      ),
    );
  });

  it("takes plus for a blank and %2B for a plus", async () => {
    const form = await readForm(request("scope=a+b%20c&code_verifier=a%2Bb"));
    assert.deepEqual(form.words("scope"), ["a", "b", "c"]);
    assert.equal(form.get("code_verifier"), "a+b");
  });

  it("lists each word of a scope once, and takes nothing for absent", async () => {
    const form = await readForm(request("scope=b++a+b&grant_type=&x"));
    assert.deepEqual(form.words("scope"), ["b", "a"]);
    assert.equal(form.words("state"), null);
    assert.equal(form.get("grant_type"), null);
    assert.deepEqual(form.names(), ["scope", "grant_type", "x"]);
    assert.throws(
      () => form.require("grant_type"),
      refused("empty", "grant_type", /grant_type is missing/),
    );
    assert.throws(() => form.require("code"), refused("missing", "code"));
  });

  it("refuses a repeated parameter by its name, but for resource and audience", async () => {
    await assert.rejects(
      readForm(request("scope=a&grant_type=x&scope=a")),
      refused("repeated", "scope", /scope stands there more than once/),
    );
    await assert.rejects(
      readForm(request("scope=&scope=a")),
      refused("repeated", "scope"),
    );
    const form = await readForm(
      request("resource=a&audience=c&resource=b&resource="),
    );
    assert.deepEqual(form.all("resource"), ["a", "b"]);
    assert.deepEqual(form.all("audience"), ["c"]);
    // Of a query, whoever judges the whole of it says whom to tell.
    const { fault } = readQuery(`${ADDRESS}?state=1&state=2`);
    assert.ok(refused("repeated", "state")(fault));
  });

  it("never repeats a name that may be a secret", async () => {
    const secret = "asy_cs_5r5g0dawVtIBZB8yJp5WOjBHWh6ezHjqbpBarkEO1WU3Afl8U";
    await assert.rejects(
      readForm(request(`${secret}=1&${secret}=2`)),
      (error: OAuthError) =>
        refused("repeated")(error) && !error.message.includes("5r5g"),
    );
  });

  for (const [type, how] of [
    ["application/json", "json"],
    ["application/vnd.api+json; charset=utf-8", "json"],
    ["multipart/form-data; boundary=x", "multipart"],
    ["text/plain", "media_type"],
    [`${FORM}, ${FORM}`, "media_type"],
    [null, "media_type"],
    [`${FORM}; charset=iso-8859-1`, "media_type"],
  ] as const)
    it(`refuses ${type ?? "no media type"} as what it is`, async () => {
      await assert.rejects(readForm(request("a=b", type)), refused(how));
    });

  it("takes the media type in any case, and UTF-8 by name", async () => {
    for (const type of [
      "Application/X-WWW-Form-Urlencoded",
      `${FORM};charset=UTF-8`,
      `${FORM} ; charset="utf-8"`,
    ])
      assert.equal((await readForm(request("a=%C3%A4", type))).get("a"), "ä");
  });

  for (const [what, body] of [
    ["a percent sign without digits", "code=100%"],
    ["half a code", "code=%4"],
    ["bytes that are no UTF-8", "code=%FF%FE"],
    ["a surrogate", "code=%ED%A0%80"],
    ["an overlong slash", "code=%C0%AF"],
    ["U+0000", "code=a%00b"],
  ] as const)
    it(`refuses ${what}`, async () => {
      await assert.rejects(
        readForm(request(body)),
        refused("not_encoded", "code", /encoding of the parameter code/),
      );
    });

  it("refuses raw bytes that are no UTF-8", async () => {
    await assert.rejects(
      readForm(request(new Uint8Array([0x61, 0x3d, 0xff]))),
      refused("not_encoded"),
    );
  });

  it("refuses a secret in the address of a form, and names the parameter", async () => {
    await assert.rejects(
      readForm(request("a=b", FORM, `${ADDRESS}?client_secret=x`)),
      refused("query", "client_secret", /never in the address/),
    );
    const other = request("a=b", FORM, `${ADDRESS}?tenant=x`);
    assert.equal((await readForm(other)).get("a"), "b");
  });

  it("reads up to its bound and not a byte more, declared or not", async () => {
    const most = `a=${"x".repeat(LONGEST_FORM - 2)}`;
    assert.equal((await readForm(request(most))).get("a")?.length, 65_534);
    await assert.rejects(readForm(request(`${most}x`)), refused("too_large"));
    const declared = request("a=b");
    declared.headers.set("content-length", String(LONGEST_FORM + 1));
    await assert.rejects(readForm(declared), refused("too_large"));
    const lying = request(`${most}x`);
    lying.headers.set("content-length", "3");
    await assert.rejects(readForm(lying), refused("too_large"));
  });

  it("stops reading a body without end", async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1024;
        controller.enqueue(new Uint8Array(1024).fill(0x61));
      },
      cancel() {
        cancelled = true;
      },
    });
    await assert.rejects(readForm(request(endless)), refused("too_large"));
    assert.ok(pulled < 2 * LONGEST_FORM, String(pulled));
    assert.ok(cancelled);
  });

  it("reads the query of an address alone, within the same bound", () => {
    assert.equal(readQuery(`${ADDRESS}?a=b?c#d=e`).get("a"), "b?c");
    assert.deepEqual(readQuery(ADDRESS).names(), []);
    assert.throws(
      () => readQuery(`${ADDRESS}?a=${"x".repeat(LONGEST_FORM)}`),
      refused("too_large"),
    );
  });
});
