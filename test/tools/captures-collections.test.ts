/** Collections of Postman and Bruno, run by newman and bru as npm has them: the collection, and what the run reports. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  EXPIRED,
  folder,
  output,
  REFUSAL,
  startApi,
  type Listening,
} from "./loopback.ts";
import { assertExpired, read, why } from "./reading.ts";

/** Where scripts/capture-tools.ts has installed them. */
const packages = join(process.env["ASSAY_NPM_TOOLS"] ?? "", "node_modules");
const bin = (name: string): string => join(packages, ".bin", name);
const BEARER = `Bearer ${EXPIRED}`;

describe("Postman", () => {
  let api: Listening;
  let collection = "";
  before(async () => {
    api = await startApi();
    const bearer = [{ key: "token", value: "{{token}}", type: "string" }];
    collection = JSON.stringify({
      info: {
        name: "orders",
        schema:
          "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
      },
      variable: [
        { key: "base", value: api.url },
        { key: "token", value: EXPIRED },
      ],
      auth: { type: "bearer", bearer },
      item: [
        {
          name: "open",
          request: {
            method: "GET",
            auth: { type: "noauth" },
            url: "{{base}}/fine",
          },
        },
        {
          name: "folder",
          item: [
            {
              name: "order",
              request: {
                method: "POST",
                header: [{ key: "content-type", value: "application/json" }],
                url: {
                  raw: "{{base}}/orders?limit=5",
                  host: ["{{base}}"],
                  path: ["orders"],
                  query: [{ key: "limit", value: "5" }],
                },
                body: { mode: "raw", raw: '{"amount":3}' },
              },
            },
          ],
        },
        { name: "fine", request: { method: "GET", url: "{{base}}/fine" } },
      ],
    });
    writeFileSync(join(folder, "postman.json"), collection);
  });
  after(() => api.stop());

  it("a collection: the request that carries credentials", async () => {
    const reading = await read(collection);
    assert.equal(reading.form, "postman-collection");
    assert.equal(reading.position, "2 of 3");
    assertExpired(reading, `${api.url}/orders?limit=5`, BEARER);
  });

  it("newman's report: the request that was refused, of several", async () => {
    const report = join(folder, "newman.json");
    const args = ["run", join(folder, "postman.json"), "--reporters", "json"];
    await output(bin("newman"), [...args, "--reporter-json-export", report]);
    const text = readFileSync(report, "utf8");
    const reading = await read(text);
    assert.equal(reading.form, "postman-run");
    assert.equal(reading.position, "2 of 3");
    assertExpired(reading, `${api.url}/orders?limit=5`, BEARER);
    assert.equal(reading.inquiry.request?.body, '{"amount":3}');
    assert.equal(reading.inquiry.response?.body, REFUSAL);
    assert.equal((await why(text)).causes[0]?.cause, "time.expired");
    // Any other one can be chosen.
    const other = await read(text, 1);
    assert.equal(other.inquiry.request?.url, `${api.url}/fine`);
  });
});

/** What bru is made of reads one of its formats and writes the other. */
interface Filestore {
  parseRequest(text: string, options: { format: string }): unknown;
  stringifyRequest(request: unknown, options: { format: string }): string;
  parseCollection(text: string, options: { format: string }): unknown;
  stringifyCollection(
    root: unknown,
    settings: { name: string },
    options: { format: string },
  ): string;
}

describe("Bruno", () => {
  let api: Listening;
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());
  const request = `meta {
  name: order
  type: http
  seq: 1
}

post {
  url: {{base}}/orders?limit=5
  body: json
  auth: inherit
}

params:query {
  limit: 5
}

body:json {
  {"amount":3}
}
`;
  const settings = (): string => `auth {
  mode: bearer
}

auth:bearer {
  token: {{token}}
}

vars:pre-request {
  base: ${api.url}
  token: ${EXPIRED}
}
`;
  const inYaml = (): { order: string; root: string } => {
    const bruno = createRequire(join(packages, "@usebruno", "cli", "src"))(
      "@usebruno/filestore",
    ) as Filestore;
    const [bru, yml] = [{ format: "bru" }, { format: "yml" }];
    return {
      order: bruno.stringifyRequest(bruno.parseRequest(request, bru), yml),
      root: bruno.stringifyCollection(
        bruno.parseCollection(settings(), bru),
        { name: "orders" },
        yml,
      ),
    };
  };
  const run = async (name: string, files: Readonly<Record<string, string>>) => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    for (const [file, text] of Object.entries(files))
      writeFileSync(join(cwd, file), text);
    await output(
      bin("bru"),
      ["run", "--sandbox", "safe", "--reporter-json", "report.json"],
      { cwd },
    );
    return readFileSync(join(cwd, "report.json"), "utf8");
  };
  const assertAsked = async (text: string) => {
    const reading = await read(text);
    assert.equal(reading.form, "bruno-file");
    assertExpired(reading, `${api.url}/orders?limit=5`, BEARER);
    assert.equal(reading.inquiry.request?.body, '{"amount":3}');
  };
  /** Bruno writes stars for the token and for the challenge: what is left is the answer. */
  const assertRefused = async (text: string) => {
    const { form, inquiry, diagnosis } = await read(text);
    assert.equal(form, "bruno-run");
    assert.equal(inquiry.request, undefined);
    assert.equal(inquiry.response?.status, 401);
    assert.equal(inquiry.response.body, REFUSAL);
    assert.equal(diagnosis.reason, "expiration.expired");
  };

  it("a request in .bru with its collection's settings, and alone", async () => {
    await assertAsked(request + settings());
    assert.equal((await read(request)).inquiry.request, undefined);
  });

  it("bru's report of a collection in .bru", async () => {
    await assertRefused(
      await run("bru", {
        "bruno.json": '{"version":"1","name":"orders","type":"collection"}',
        "collection.bru": settings(),
        "order.bru": request,
      }),
    );
  });

  it("the same in YAML, as Bruno writes it and bru runs it", async () => {
    const { order, root } = inYaml();
    assert.match(order, /^http:\n {2}method: POST$/m);
    await assertAsked(order + root);
    assert.equal((await read(order)).inquiry.request, undefined);
    await assertRefused(
      await run("yaml", { "opencollection.yml": root, "order.yml": order }),
    );
  });
});
