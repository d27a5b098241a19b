/** What tools say when a server refuses them, and the settings that they read. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readPasted } from "@assay/diagnosis";

const capture = (name: string): string =>
  readFileSync(new URL(`captures/${name}`, import.meta.url), "utf8");

describe("the words of a tool", () => {
  const cases: readonly (readonly [text: string, status?: number])[] = [
    [capture("kubectl-unauthorized.txt"), 401],
    ["error: You must be logged in to the server (Unauthorized)", 401],
    [
      '$ kubectl get pods\nError from server (Forbidden): pods is forbidden: User "ada" cannot list resource "pods" in API group "" in the namespace "default"',
      403,
    ],
    [
      "Using default tag: latest\nError response from daemon: Head https://registry.example.com/v2/shop/api/manifests/latest: unauthorized: incorrect username or password",
      401,
    ],
    [
      "Error response from daemon: pull access denied for shop/api, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      403,
    ],
    [
      "denied: Your authorization token has expired. Reauthenticate and try again.",
      401,
    ],
    [
      "InvalidClientTokenId: The security token included in the request is invalid.\n\tstatus code: 403, request id: 7c0e2f3c",
      403,
    ],
    [
      "UnrecognizedClientException: The security token included in the request is invalid.\n    at throwDefaultError (node_modules/x.js:1:1)",
    ],
    ["The security token included in the request is invalid."],
    [
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
    ],
    [
      "An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.",
    ],
  ];
  for (const [text, status] of cases) {
    it(`are an answer: ${text.slice(0, 60)}`, () => {
      const { inquiry, form } = readPasted(text);
      assert.equal(form, "tool-error");
      assert.equal(inquiry.response?.status, status);
      assert.ok((inquiry.response?.body?.length ?? 0) > 20);
      assert.equal(inquiry.request, undefined);
    });
  }
});

describe("the body of an AWS error", () => {
  const xml =
    "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>";
  const json =
    '{"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."}';

  it("is an answer without a status", () => {
    for (const body of [xml, json])
      assert.deepEqual(readPasted(`${body}\n`), {
        inquiry: { response: { body } },
        form: "http-response",
      });
  });

  it("is not any other markup or JSON", () => {
    for (const text of ["<Error>", "<html><Code>a</Code></html>", '{"a":1}'])
      assert.equal(readPasted(text).form, "token");
  });
});

describe("settings", () => {
  it("in the environment keep the damage of their values", () => {
    const text = `# local\nexport AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE"\nAWS_SECRET_ACCESS_KEY=wJalr/b= # mine \nexport AWS_PROFILE='prod'\nPORT=8080\n`;
    assert.deepEqual(readPasted(text), {
      inquiry: {
        context: {
          aws: {
            environment: {
              AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
              AWS_SECRET_ACCESS_KEY: "wJalr/b= # mine ",
              AWS_PROFILE: "prod",
            },
          },
        },
      },
      form: "settings",
    });
  });

  it("in AWS's files go on as they are", () => {
    const credentials =
      "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n";
    const config = "[profile prod]\nregion = eu-west-1\nsso_session = work\n";
    assert.deepEqual(readPasted(credentials).inquiry.context?.aws, {
      credentialsFile: credentials,
    });
    assert.deepEqual(readPasted(config).inquiry.context?.aws, {
      configFile: config,
    });
  });

  it("of other things are no form of their own", () => {
    for (const text of ["PORT=8080", "[section]\na = b", "TOKEN=abc"])
      assert.equal(readPasted(text).form, "token");
  });
});
