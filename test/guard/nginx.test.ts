/** The recipe for nginx, in a real nginx (ASSAY_NGINX, else the one of the path), with the real command behind it. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  challenges,
  type RawHeaders,
} from "../../packages/guard/test/raw-request.ts";
import { openFiles, openSite, type ProxyUnderTest } from "./proxy-site.ts";
import { proveProxy } from "./proxy-suite.ts";
import { run } from "./running.ts";

const NGINX: ProxyUnderTest = {
  form: "nginx",
  recipe: "nginx.conf",
  siteOf: (recipe, root) =>
    recipe.replace(
      "proxy_pass http://127.0.0.1:3000;",
      `root ${root}; try_files $uri $uri/index.html =404;`,
    ),
  start(folder, recipe) {
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const file = join(folder, "nginx.conf");
    writeFileSync(
      file,
      `daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${paths.join(" ")}\n${recipe}\n}`,
    );
    return run(
      process.env["ASSAY_NGINX"] || "nginx",
      "-e stderr -p . -c nginx.conf".split(" "),
      { cwd: folder },
    );
  },
};

proveProxy(NGINX);

test("nginx: the place where the guard is asked is nobody else's, and an outage of the guard is 503", async () => {
  await using it = await openSite(NGINX);
  const token = { authorization: `Bearer ${await it.issuer.issuer.mint()}` };
  assert.equal((await it.get("/_assay", token)).status, 404);
  const parts = ["a", "b", "c"].map((name) => [`x-${name}`, "x".repeat(7000)]);
  const large = await it.get("/", Object.fromEntries(parts) as RawHeaders);
  assert.equal(large.status, 431);
  assert.equal(large.headers["retry-after"], undefined);
  await it.guard.process.stop("SIGKILL");
  const away = await it.get("/", token);
  assert.deepEqual(
    [away.status, away.headers["retry-after"], challenges(away)],
    [503, "5", []],
  );
});

test("nginx: what nginx itself refuses is no matter of tokens", async () => {
  await using it = await openFiles({
    ...NGINX,
    // A folder without an index is 403.
    siteOf: (recipe, root) =>
      recipe.replace("proxy_pass http://127.0.0.1:3000;", `root ${root}/..;`),
  });
  const answer = await it.get("/", {
    authorization: `Bearer ${await it.issuer.issuer.mint()}`,
  });
  assert.deepEqual([answer.status, challenges(answer)], [403, []]);
});
