/** What the authorization server names in error_uri is a page of the handbook that its console serves. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { GUIDES } from "@assay/handbook";
import { errorPage } from "../../packages/issuer/src/endpoints/error-uri.ts";
import {
  OAuthError,
  type OAuthErrorCode,
} from "../../packages/issuer/src/errors.ts";
import { repositoryPath } from "../repository.mjs";

/** Every code of the union OAuthErrorCode. */
const codes = (): readonly OAuthErrorCode[] => {
  const source = readFileSync(
    repositoryPath("packages/issuer/src/errors.ts"),
    "utf8",
  );
  const [, union = ""] = /type OAuthErrorCode =([^;]+);/.exec(source) ?? [];
  return [...union.matchAll(/\| "([a-z_]+)"/g)].map(
    ([, code]) => code as OAuthErrorCode,
  );
};

test("every error_uri leads to a guide that exists", () => {
  assert.ok(codes().length > 10);
  for (const code of codes()) {
    const page = new URL(
      errorPage("https://id.example/tenant", new OAuthError(code, "")),
    );
    assert.equal(page.origin, "https://id.example");
    const [, guide = ""] = /^\/guides\/([a-z-]+)$/.exec(page.pathname) ?? [];
    assert.ok(GUIDES.includes(guide), `${code}: ${page.pathname}`);
    assert.ok(existsSync(repositoryPath(`docs/guides/${guide}.md`)), guide);
  }
});
