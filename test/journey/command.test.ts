/** A person at a shell, from end to end: signs in, calls an API behind a guard with a bound token, signs out. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { API } from "../guard/assay-server.ts";
import { command, furnish, login, openApi, serve } from "./bed.ts";

test("assay login --dpop, token --headers for one request, logout: a token that was copied is of no use", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "assay-journey-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const env = { ASSAY_CONFIG_FOLDER: folder };
  await using server = await serve();
  await furnish(server, 300);
  await using api = await openApi(server, { dpop: true });
  const send = async (
    headers: Readonly<Record<string, string>>,
    method = "GET",
  ): Promise<number> => {
    const response = await fetch(`${api.origin}/orders`, { method, headers });
    await response.text();
    return response.status;
  };

  await login(server, ["--dpop", "--resource", API], env);
  const printed = await command(
    ["token", "--headers", `${api.origin}/orders`, "--method", "POST"],
    env,
  );
  const [, authorization = "", dpop = ""] =
    /^Authorization: (DPoP \S+)\nDPoP: (\S+)\n$/.exec(printed) ?? [];
  assert.equal(await send({ authorization, dpop }, "POST"), 200);
  // Whoever copied the request, or the token alone, has nothing.
  assert.equal(await send({ authorization, dpop }, "POST"), 401);
  assert.equal(await send({ authorization, dpop }), 401);
  assert.equal(await send({ authorization }), 401);
  assert.equal(
    await send({ authorization: authorization.replace("DPoP", "Bearer") }),
    401,
  );
  await command(["logout"], env);
  await assert.rejects(command(["token"], env), { code: 1 });
});
