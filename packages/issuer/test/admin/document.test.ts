/** The OpenAPI document: what it promises is there, and is true. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CALLS } from "../../src/admin/calls.ts";
import { PROBLEM_SCHEMA } from "../../src/admin/call.ts";
import { ADMIN_SCOPES } from "../../src/admin/scopes.ts";
import { ADMIN, openAdminBed, type AdminBed } from "./admin-bed.ts";
import { TOKEN_ENDPOINT } from "../client-bed.ts";

interface Media {
  readonly schema: unknown;
  readonly example?: unknown;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: unknown;
  }[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, Media>>;
  };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly content: Readonly<Record<string, Media>>;
      }
    >
  >;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

describe("the document of the admin API", () => {
  let bed: AdminBed;
  let document: Document;
  let operations: readonly (readonly [string, Operation])[] = [];
  before(async () => {
    bed = await openAdminBed();
    const answer = await bed.issuer.fetch(new Request(`${ADMIN}/openapi.json`));
    assert.equal(answer.status, 200);
    document = (await answer.json()) as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method} ${path}`, operation] as const,
      ),
    );
  });
  after(() => bed.close());

  it("is OpenAPI 3.1 with one server and one way to authenticate", () => {
    assert.equal(document.openapi, "3.1.0");
    assert.ok(document.info.title && document.info.version);
    assert.deepEqual(document.servers, [{ url: ADMIN }]);
    const { admin, ...others } = document.components.securitySchemes as {
      readonly admin: {
        readonly type: string;
        readonly flows: {
          readonly clientCredentials: {
            readonly tokenUrl: string;
            readonly scopes: Readonly<Record<string, string>>;
          };
        };
      };
    };
    assert.deepEqual(others, {});
    assert.equal(admin.type, "oauth2");
    const { tokenUrl, scopes } = admin.flows.clientCredentials;
    assert.equal(tokenUrl, TOKEN_ENDPOINT);
    assert.deepEqual(Object.keys(scopes), ADMIN_SCOPES);
  });

  it("has each call of the table, and no other", () => {
    assert.deepEqual(
      operations.map(([place]) => place).toSorted(),
      CALLS.map(({ shape }) => `${shape.method} ${shape.path}`).toSorted(),
    );
    const ids = operations.map(([, { operationId }]) => operationId);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("says of each call its scope, its refusals and an example of each answer", () => {
    for (const [place, operation] of operations) {
      const [{ admin: scopes = [] } = {}, ...others] = operation.security;
      assert.deepEqual([others, scopes.length], [[], 1], place);
      assert.ok(ADMIN_SCOPES.includes(scopes[0] as never), place);
      assert.ok(operation.summary.endsWith("."), place);
      const statuses = Object.keys(operation.responses);
      for (const status of ["401", "403", "503"])
        assert.ok(statuses.includes(status), `${place} ${status}`);
      assert.equal(
        statuses.includes("400"),
        Boolean(operation.requestBody ?? operation.parameters),
        place,
      );
      for (const [status, { description, content }] of Object.entries(
        operation.responses,
      )) {
        assert.ok(description, `${place} ${status}`);
        for (const [type, media] of Object.entries(content)) {
          assert.ok(media.schema, `${place} ${status} ${type}`);
          assert.ok(
            media.example !== undefined,
            `${place} ${status} ${type} has no example`,
          );
          if (Number(status) >= 400) {
            assert.equal(type, "application/problem+json");
            PROBLEM_SCHEMA.parse(media.example);
          }
        }
      }
    }
  });

  it("gives examples that its own schemas take", () => {
    for (const { shape } of CALLS) {
      if (shape.body) {
        const body = shape.body.safeParse(shape.example.body);
        assert.ok(body.success, `${shape.id}: ${body.error?.message}`);
      }
      if (shape.answer) {
        const answer = shape.answer.safeParse(shape.example.answer);
        assert.ok(answer.success, `${shape.id}: ${answer.error?.message}`);
      }
    }
  });

  it("names every variable part of a path, and refers to nothing that is not there", () => {
    for (const [place, { parameters = [] }] of operations)
      assert.deepEqual(
        parameters
          .filter((one) => one.in === "path" && one.required === true)
          .map(({ name }) => name)
          .toSorted(),
        [...place.matchAll(/\{(\w+)\}/g)]
          .map(([, name = ""]) => name)
          .toSorted(),
        place,
      );
    const text = JSON.stringify(document);
    for (const [, name = ""] of text.matchAll(
      /"\$ref":"#\/components\/schemas\/([^"]+)"/g,
    ))
      assert.ok(document.components.schemas[name], name);
    assert.doesNotMatch(text, /"\$ref":"(?!#\/components\/schemas\/)/);
    // Two closed objects that are joined: nothing would fit both.
    assert.doesNotMatch(text, /"allOf":/);
    // A keyword of OpenAPI 3.0 that 3.1 does not have.
    assert.doesNotMatch(text, /"nullable":/);
  });

  it("lets no member through that it does not name", () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const { type, additionalProperties, oneOf, anyOf } = schema as {
        readonly type?: string;
        readonly additionalProperties?: unknown;
        readonly oneOf?: unknown;
        readonly anyOf?: unknown;
      };
      if (type === "object" && name !== "Diagnosis")
        assert.equal(additionalProperties, false, name);
      else assert.ok(oneOf ?? anyOf ?? name === "Diagnosis", name);
    }
  });
});
