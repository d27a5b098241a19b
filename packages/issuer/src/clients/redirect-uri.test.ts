/** Attack row 52: each trick with a redirect URI, and what may be registered at all. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { findRedirectUri, redirectUriProblem } from "./redirect-uri.ts";

const HTTPS = "https://client.example/cb";
const QUERY = "https://client.example/cb?tenant=a";
const LOOPBACK = "http://127.0.0.1:8080/cb";
const LOOPBACK6 = "http://[::1]/cb?x=1";
const PRIVATE = "com.example.app:/cb";
const LOCALHOST = "http://localhost:3000/cb";
const REGISTERED = [HTTPS, QUERY, LOOPBACK, LOOPBACK6, PRIVATE, LOCALHOST];

/** One class of tricks a line. */
const TRICKS: Readonly<Record<string, readonly string[]>> = {
  "added query": [`${HTTPS}?`, `${HTTPS}?a=b`, `${QUERY}&a=b`, `${PRIVATE}?a`],
  "removed query": ["https://client.example/cb?", "http://[::1]/cb"],
  fragment: [`${HTTPS}#`, `${HTTPS}#x`, `${LOOPBACK}#x`, `${HTTPS}%23x`],
  case: [
    "https://CLIENT.example/cb",
    "HTTPS://client.example/cb",
    "https://client.example/CB",
    "COM.example.app:/cb",
  ],
  port: [
    "https://client.example:443/cb",
    "https://client.example:8443/cb",
    "http://localhost:3001/cb",
    "http://localhost/cb",
  ],
  scheme: ["http://client.example/cb", "https://127.0.0.1:8080/cb"],
  suffix: [
    `${HTTPS}/`,
    `${HTTPS}x`,
    `${HTTPS}/more`,
    `${HTTPS};x`,
    `${HTTPS}.`,
  ],
  prefix: ["https://client.example/", "https://client.example/c", ""],
  "path walk": [
    "https://client.example/cb/../evil",
    "https://client.example/./cb",
    "https://client.example/x/../cb",
    "https://client.example/%2e%2e/cb",
    "https://client.example/cb/%2E%2E/%2E%2E/evil",
    "https://client.example/cb/..;/evil",
    "https://client.example/cb%2f..%2fevil",
    "http://127.0.0.1:9/../cb",
  ],
  userinfo: [
    "https://client.example@evil.example/cb",
    "https://evil@client.example/cb",
    "https://client.example:443@evil.example/cb",
    "https://client.example%40evil.example/cb",
    "http://127.0.0.1:8080@evil.example/cb",
    "http://127.0.0.1:1@127.0.0.1:8080/cb",
  ],
  "another host": [
    "https://client.example.evil.example/cb",
    "https://evilclient.example/cb",
    "https://client.example./cb",
    "https://evil.example/https://client.example/cb",
    "https://evil.example?https://client.example/cb",
    "https://evil.example\\client.example/cb",
    "//evil.example/cb",
    "///evil.example/cb",
    "https:evil.example/cb",
    "https:///client.example/cb",
    "https:/client.example/cb",
    "\\\\evil.example/cb",
    "https://client.example\\@evil.example/cb",
  ],
  "control characters and blanks": [
    ` ${HTTPS}`,
    `${HTTPS} `,
    `${HTTPS}\r\nLocation: https://evil.example`,
    `${HTTPS}%0d%0aLocation:%20https://evil.example`,
    `${HTTPS}\n`,
    `${HTTPS}\0`,
    "https://client.example\t/cb",
    "\u0001https://client.example/cb",
    `http://127.0.0.1:8080/cb\n`,
  ],
  "look-alikes and other encodings": [
    "https://client.ex\u0430mple/cb",
    "https://client\u3002example/cb",
    "https://client.example\u2044cb",
    "https://client.example/c\uFF42",
    "https://client.example/%63b",
    "https%3A%2F%2Fclient.example%2Fcb",
    "https://client.example/cb\u200B",
  ],
  "addresses of this machine in other spellings": [
    "http://127.1:8080/cb",
    "http://2130706433:8080/cb",
    "http://0x7f000001/cb",
    "http://0177.0.0.1/cb",
    "http://127.0.0.2:8080/cb",
    "http://0.0.0.0:8080/cb",
    "http://localhost:8080/cb",
    "http://127.0.0.1.evil.example:8080/cb",
    "http://127.0.0.1:8080.evil.example/cb",
    "http://[::ffff:127.0.0.1]/cb?x=1",
    "http://[0:0:0:0:0:0:0:1]/cb?x=1",
    "http://127.0.0.1:/cb",
    "http://127.0.0.1:0/cb",
    "http://127.0.0.1:080/cb",
    "http://127.0.0.1:65536/cb",
    "http://127.0.0.1:99999/cb",
    "http://127.0.0.1:8080/other",
    "http://127.0.0.1:8080/cb?x=1",
    "http://[::1]:1/cb?x=2",
  ],
  "other schemes": [
    "javascript:alert(1)",
    "data:text/html,x",
    "com.example.app://cb",
    "com.example.evil:/cb",
    "file:///cb",
    "about:blank",
  ],
  "what objects have": ["__proto__", "constructor", "null", "undefined", "*"],
};

describe("a redirect URI of a request", () => {
  for (const [trick, uris] of Object.entries(TRICKS))
    it(`is none that is registered: ${trick}`, () => {
      for (const uri of uris)
        assert.equal(findRedirectUri(REGISTERED, uri), null, uri);
    });

  it("is the registered one, character by character", () => {
    for (const uri of REGISTERED)
      assert.equal(findRedirectUri(REGISTERED, uri), uri);
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (uri) => {
        assert.equal(findRedirectUri([uri], uri), uri);
        assert.equal(findRedirectUri([uri], `${uri}/`), null);
        assert.equal(findRedirectUri([`${uri}x`], uri), null);
      }),
    );
  });

  it("may have any port at a loopback address, and no other difference", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
        assert.equal(
          findRedirectUri(REGISTERED, `http://127.0.0.1:${port}/cb`),
          LOOPBACK,
        );
        assert.equal(
          findRedirectUri(REGISTERED, `http://[::1]:${port}/cb?x=1`),
          LOOPBACK6,
        );
      }),
    );
    assert.equal(findRedirectUri(REGISTERED, "http://127.0.0.1/cb"), LOOPBACK);
    assert.equal(
      findRedirectUri(["http://127.0.0.1"], "http://127.0.0.1:1"),
      "http://127.0.0.1",
    );
    assert.equal(
      findRedirectUri(["http://127.0.0.1"], "http://127.0.0.1:1/"),
      null,
    );
  });
});

describe("a redirect URI that is to be registered", () => {
  it("may be https, http on this machine, or a private-use scheme with a dot", () => {
    for (const uri of [
      ...REGISTERED,
      "https://client.example",
      "https://client.example:8443/",
      "https://client.example/a//b?c=/../d",
      "https://xn--bcher-kva.example/cb",
      "https://10.0.0.7/cb",
      "https://client.example/...",
      "com.example.app://host/cb",
    ])
      assert.equal(redirectUriProblem(uri), null, uri);
  });

  for (const [problem, uris] of Object.entries({
    characters: [
      "",
      "https://client.example/a b",
      "https://client.example/\\x",
      "https://client.example/%zz",
      "https://client.example/%4",
      "https://client.ex\u0430mple/cb",
      "https://client.example/\n",
      "https://client.example/<x>",
    ],
    wildcard: ["https://*.client.example/cb", "https://client.example/*"],
    fragment: ["https://client.example/#", "https://client.example/cb#x"],
    relative: [
      "/cb",
      "client.example/cb",
      "//client.example/cb",
      "https://",
      "https://client.example:99999/cb",
      "HTTPS://client.example/cb",
    ],
    user_info: [
      "https://a@client.example/cb",
      "https://a:b@client.example/cb",
      "com.example.app://a@b/cb",
    ],
    dot_segment: [
      "https://client.example/../cb",
      "https://client.example/a/.",
      "https://client.example/a/%2e%2E/b",
      "com.example.app:/../cb",
    ],
    scheme: [
      "http://client.example/cb",
      "http://127.0.0.2/cb",
      "http://localhost.evil.example/cb",
      "http://10.0.0.7/cb",
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "myapp:/cb",
      "urn:ietf:wg:oauth:2.0:oob",
      "com.example.app:",
    ],
    host: [
      "https://CLIENT.example/cb",
      "https://client.example:443/cb",
      "https://client%2eexample/cb",
      "https:client.example/cb",
      "https:/client.example/cb",
      "http://127.1/cb",
      "http://2130706433/cb",
    ],
    too_long: [`https://client.example/${"x".repeat(2048)}`],
  }))
    it(`is refused for ${problem}`, () => {
      for (const uri of uris)
        assert.equal(redirectUriProblem(uri), problem, uri);
    });
});
