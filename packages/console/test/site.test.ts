/** The documents of the site: complete, without a script or a style of their own, and no link of them is dead. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { handbookPlugin } from "../build/handbook-plugin.ts";
import { readHandbook } from "../build/handbook-files.ts";
import { siteDocument } from "../build/site/document.ts";
import { siteDocuments } from "../build/site/site.ts";
import { MODES, readAddress } from "../src/address.ts";

const FILES = {
  script: "/assets/site-1.js",
  style: "/assets/site-2.css",
  icon: "/assets/icon-3.svg",
};
const opened = readHandbook();
const documents = siteDocuments(opened, FILES);

/** index.html is "/", and causes/x.html is "/causes/x", as the server has them. */
const addresses = new Set([
  ...[...documents.keys()].map((file) =>
    file === "index.html" ? "/" : `/${file.replace(/\.html$/, "")}`,
  ),
  "/inspector",
  "/inspector.html",
]);

const valuesOf = (html: string, name: string): readonly string[] =>
  [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map(
    ([, value = ""]) => value,
  );

describe("the site", () => {
  it("has a document for every page, for each list, and a start in each language", () => {
    assert.deepEqual(
      [...documents.keys()].toSorted(),
      [
        "index.html",
        "de.html",
        "reasons.html",
        "causes.html",
        "guides.html",
        ...opened.handbook.pages.map(({ address }) => `${address}.html`),
      ].toSorted(),
    );
  });

  it("leads nowhere that is not there", () => {
    for (const [file, html] of documents)
      for (const href of valuesOf(html, "href")) {
        if (/^https?:\/\//.test(href)) continue;
        if (href === FILES.style || href === FILES.icon) continue;
        const [path = "", hash] = href.split("#");
        assert.ok(addresses.has(path), `${file} leads to ${href}`);
        if (hash === undefined) continue;
        assert.equal(path, "/inspector");
        const address = readAddress(`#${hash}`);
        assert.ok(
          "example" in address
            ? opened.handbook.page(address.example)
            : "mode" in address && MODES.some((mode) => hash === `/${mode}`),
          `${file} leads to ${href}`,
        );
      }
  });

  it("needs no script and no style but the site's own", () => {
    for (const [file, html] of documents) {
      assert.equal(html.match(/<script/g)?.length, 1, file);
      assert.deepEqual(valuesOf(html, "src"), [FILES.script], file);
      assert.doesNotMatch(html, /<style| style="| on\w+="|<img/i);
      assert.equal(html.match(/<h1[ >]/g)?.length, 1, file);
      assert.equal(html.match(/<title>[^<]+<\/title>/g)?.length, 1, file);
      assert.match(html, /^<!doctype html>\n<html lang="(?:en|de)">/);
    }
  });

  it("says where one is", () => {
    const html = documents.get("causes/key.rotated.html") ?? "";
    assert.match(html, /<a href="\/causes" aria-current="page">/);
    assert.equal(html.match(/aria-current/g)?.length, 1);
    assert.match(documents.get("de.html") ?? "", /<html lang="de">/);
    assert.match(html, /\/inspector#\/example\/causes\/key\.rotated"/);
    assert.match(html, /Who must act: /);
  });

  it("escapes what is text", () => {
    const html = siteDocument(
      {
        title: "<b>&",
        description: `"><script>`,
        language: "en",
        place: null,
        body: "<p>x</p>",
      },
      FILES,
    );
    assert.ok(html.includes("<title>&lt;b&gt;&amp;</title>"));
    assert.ok(html.includes('content="&quot;&gt;&lt;script&gt;"'));
    assert.ok(html.includes("<p>x</p>"));
  });
});

describe("the handbook in the inspector's file", () => {
  const plugin = handbookPlugin() as unknown as {
    resolveId: (id: string) => string | null;
    load: (id: string) => string | null;
    transformIndexHtml: { handler: (html: string) => string };
  };
  const imported = async (id: string): Promise<unknown> => {
    const code = plugin.load(plugin.resolveId(id) ?? "") ?? "";
    const module = (await import(
      `data:text/javascript,${encodeURIComponent(code)}`
    )) as { readonly default: unknown };
    return module.default;
  };

  it("is a template for each page, inert and whole", () => {
    const html = plugin.transformIndexHtml.handler("<body>\n$&</body>");
    assert.ok(html.startsWith("<body>\n$&<template "));
    const ids = valuesOf(html, "id");
    assert.deepEqual(
      ids,
      opened.handbook.pages.map(({ address }) => address),
    );
    assert.equal(html.match(/<template /g)?.length, ids.length);
    assert.equal(html.match(/<\/template>/g)?.length, ids.length);
    assert.doesNotMatch(html, /<script|<style|<img/i);
    for (const href of valuesOf(html, "href")) {
      if (/^https?:\/\//.test(href)) continue;
      const address = readAddress(href);
      assert.ok("page" in address && opened.handbook.page(address.page), href);
    }
    for (const see of valuesOf(html, "data-see"))
      for (const address of see.split(" ").filter(Boolean))
        assert.ok(opened.handbook.page(address), see);
  });

  it("brings the samples as inquiries, and all pages to search", async () => {
    const samples = (await imported("virtual:samples")) as Record<
      string,
      string
    >;
    assert.equal(samples["accepted"], opened.vector("claim-031"));
    assert.equal(samples["comparison"], opened.vector("scope-028"));
    const entries = (await imported("virtual:handbook-search")) as unknown[];
    assert.equal(entries.length, opened.handbook.pages.length);
  });

  it("leaves all other modules alone", () => {
    for (const id of ["react", "virtual:other", "constructor", "__proto__"]) {
      assert.equal(plugin.resolveId(id), null);
      assert.equal(plugin.load(id), null);
    }
    assert.equal(plugin.load("virtual:samples"), null);
  });
});
