/**
 * What kubectl, docker, skopeo, git and npm say when a server on this machine refuses them.
 * The words of Docker's own daemon ("Error response from daemon") need a daemon that runs: they follow its source.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EXPIRED, listen, output, type Listening } from "./loopback.ts";
import { header, read, why } from "./reading.ts";

const UNAUTHORIZED = {
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message: "Unauthorized",
  reason: "Unauthorized",
  code: 401,
};
const REGISTRY = {
  errors: [{ code: "UNAUTHORIZED", message: "authentication required" }],
};

/** A cluster, a registry of images, a host of repositories, and a registry of packages. */
const startServices = (): Promise<Listening> =>
  listen((request, response) => {
    const url = request.url ?? "/";
    const refuse = (challenge: string, body: unknown, status = 401) => {
      response.writeHead(status, {
        "content-type":
          typeof body === "string" ? "text/plain" : "application/json",
        ...(challenge !== "" && { "www-authenticate": challenge }),
      });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    };
    const { localPort } = request.socket;
    if (url.startsWith("/v2"))
      refuse(
        `Bearer realm="http://127.0.0.1:${localPort}/token",service="registry.example.com",scope="repository:acme/api:pull"`,
        REGISTRY,
      );
    else if (url.startsWith("/token")) refuse("", REGISTRY);
    else if (url.startsWith("/closed")) refuse("", "You may not\n", 403);
    else if (url.startsWith("/git")) refuse('Basic realm="git"', "no\n");
    else if (url.startsWith("/npm")) refuse('Bearer realm="npm"', {});
    else refuse("", UNAUTHORIZED);
  });

describe("a refusal as it is told by", () => {
  let services: Listening;
  before(async () => {
    services = await startServices();
  });
  after(() => services.stop());
  const assertRefused = async (text: string, words: RegExp, status = 401) => {
    const { form, inquiry, diagnosis } = await read(text);
    assert.equal(form, "tool-error", text);
    assert.equal(inquiry.response?.status, status);
    assert.match(inquiry.response.body ?? "", words);
    assert.notEqual(diagnosis.outcome, "accepted");
    assert.notEqual(diagnosis.causes.length, 0);
  };

  it("kubectl", async () => {
    const cluster = ["--server", services.url, "--token", EXPIRED];
    const words = /must be logged in to the server/;
    const text = await output("kubectl", [...cluster, "get", "pods"]);
    await assertRefused(text, words);
    assert.equal((await why(text)).causes[0]?.cause, "time.expired");
    const verbose = ["-v=6", ...cluster, "get", "pods"];
    await assertRefused(await output("kubectl", verbose), words);
  });

  it("docker", async () => {
    const image = `127.0.0.1:${services.port}/acme/api:1`;
    const args = ["manifest", "inspect", "--insecure", image];
    await assertRefused(await output("docker", args), /unauthorized/);
    const login = ["login", "-u", "a", "-p", "b", `127.0.0.1:${services.port}`];
    await assertRefused(await output("docker", login), /unauthorized/);
  });

  it("skopeo", async () => {
    const image = `docker://127.0.0.1:${services.port}/acme/api:1`;
    const args = ["inspect", "--tls-verify=false", image];
    await assertRefused(await output("skopeo", args), /unauthorized/);
  });

  const git = (path: string, more: readonly string[], env = {}) =>
    output("git", [...more, "ls-remote", services.url + path], {
      env: { GIT_TERMINAL_PROMPT: "0", ...env },
    });

  it("git", async () => {
    await assertRefused(await git("/git", []), /could not read Username/);
    await assertRefused(
      await git("/closed", []),
      /^remote: You may not\nfatal: .* 403$/,
      403,
    );
  });

  it("git with GIT_TRACE_CURL, with what was sent", async () => {
    const sent = `Authorization: Bearer ${EXPIRED}`;
    const more = ["-c", `http.extraHeader=${sent}`];
    const shown = { GIT_TRACE_CURL: "1", GIT_TRACE_REDACT: "0" };
    const { form, inquiry, diagnosis } = await read(
      await git("/git", more, shown),
    );
    assert.equal(form, "curl-output");
    assert.equal(header(inquiry.request, "authorization"), `Bearer ${EXPIRED}`);
    assert.equal(diagnosis.causes[0]?.cause, "time.expired");
    // What git hides is no token.
    const hidden = await read(await git("/git", more, { GIT_TRACE_CURL: "1" }));
    assert.equal(hidden.inquiry.request, undefined);
    assert.equal(hidden.inquiry.response?.status, 401);
  });

  it("npm", async () => {
    const args = ["view", "acme", "--registry", `${services.url}/npm/`];
    for (const more of [[], ["--loglevel=http"]])
      await assertRefused(await output("npm", [...args, ...more]), /E401/);
  });
});
