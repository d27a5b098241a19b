/**
 * The logs of nginx and of Apache with mod_auth_openidc, as Debian has them, when they turn a request away.
 *
 * Not run here, because neither Debian nor npm has them: Envoy and Istio, Kong, oauth2-proxy, Traefik. The lines by which their readers
 * are tested (packages/diagnosis/test/captures-text.test.ts) follow their manuals and sources: Envoy's "Access logging" and jwt_authn filter,
 * Kong's log of nginx and its log plug-ins' "Log format", oauth2-proxy's "Logging configuration" and pkg/logger, Traefik's "Access logs" and
 * pkg/middlewares/auth/forward.go. PowerShell is in neither, too: its commands are those that Chromium writes (captures-browser.test.ts).
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  EXPIRED,
  folder,
  freePort,
  KEY,
  startApi,
  token,
  type Listening,
} from "./loopback.ts";
import { assertExpired, header, read, why } from "./reading.ts";

interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

async function start(
  command: string,
  args: readonly string[],
  port: number,
): Promise<Gateway> {
  const child = spawn(command, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { PATH: `${process.env["PATH"] ?? ""}:/usr/sbin` },
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  const url = `http://127.0.0.1:${port}`;
  for (let left = 100; left > 0; left--) {
    if (child.exitCode !== null) break;
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up)
      return {
        url,
        stop: () => {
          child.kill("SIGTERM");
          return ended;
        },
      };
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  return assert.fail(`${command} does not answer at ${url}`);
}

const log = (name: string): string => readFileSync(join(folder, name), "utf8");
/** What a request adds to the log, once the line stands there that this test is about. */
async function linesOf(
  name: string,
  line: RegExp,
  request: () => Promise<unknown>,
): Promise<string> {
  const from = log(name).length;
  await request();
  for (let left = 250; left > 0 && !line.test(log(name).slice(from)); left--)
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  return log(name).slice(from);
}
const ask = (url: string, authorization?: string) =>
  fetch(url, { headers: authorization === undefined ? {} : { authorization } });

describe("nginx with auth_request", () => {
  let api: Listening;
  let nginx: Gateway;
  before(async () => {
    api = await startApi();
    const port = await freePort();
    const isRoot = process.getuid?.() === 0;
    writeFileSync(join(folder, "htpasswd"), "joe:$apr1$x$abc\n");
    writeFileSync(
      join(folder, "nginx.conf"),
      `${isRoot ? "user root; " : ""}daemon off; pid nginx.pid; error_log nginx-error.log info;
      events {}
      http {
        client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
        log_format kept '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" auth="$http_authorization"';
        log_format json escape=json '{"time_iso8601":"$time_iso8601","request":"$request","status":$status,"http_authorization":"$http_authorization"}';
        access_log nginx-access.log combined;
        access_log nginx-kept.log kept;
        access_log nginx-json.log json;
        server {
          listen 127.0.0.1:${port};
          location / { auth_request /ask; root ${folder}; }
          location /broken { auth_request /moved; root ${folder}; }
          location /basic { auth_basic x; auth_basic_user_file ${folder}/htpasswd; root ${folder}; }
          location /denied { deny all; root ${folder}; }
          location = /ask { internal; proxy_pass ${api.url}/orders; }
          location = /moved { internal; proxy_pass ${api.url}/old; }
        }
      }\n`,
    );
    nginx = await start("nginx", ["-p", folder, "-c", "nginx.conf"], port);
  });
  after(async () => {
    await nginx.stop();
    await api.stop();
  });
  const refuse = () => ask(`${nginx.url}/orders?a=1`, `Bearer ${EXPIRED}`);

  it("its access log tells the answer and the time", async () => {
    const text = await linesOf("nginx-access.log", / 401 /, refuse);
    const { form, inquiry } = await read(text);
    assert.equal(form, "gateway-log");
    assert.equal(inquiry.response?.status, 401);
    assert.ok(Math.abs(Date.parse(inquiry.now ?? "") - Date.now()) < 60_000);
    assert.equal(inquiry.request, undefined);
  });

  for (const name of ["nginx-kept.log", "nginx-json.log"])
    it(`${name}, told to keep Authorization, tells the request`, async () => {
      const text = await linesOf(name, /401/, refuse);
      assertExpired(await read(text), "/orders?a=1", `Bearer ${EXPIRED}`);
      assert.equal((await why(text)).causes[0]?.cause, "time.expired");
      const none = await read(await linesOf(name, /401/, () => ask(nginx.url)));
      assert.equal(header(none.inquiry.request, "authorization"), undefined);
      assert.equal(none.diagnosis.reason, "request.token_missing");
    });

  it("its error log tells what auth_request cannot take, among its own talk", async () => {
    await linesOf("nginx-error.log", /unexpected status/, () =>
      ask(`${nginx.url}/broken`),
    );
    const { form, inquiry } = await read(log("nginx-error.log"));
    assert.equal(form, "gateway-log");
    assert.deepEqual(inquiry.response, {
      status: 500,
      body: "auth request unexpected status: 302 while sending to client",
    });
  });

  it("its error log tells of a wrong password and a closed door", async () => {
    const basic = `Basic ${btoa("joe:wrong")}`;
    const wrong = await linesOf("nginx-error.log", /mismatch/, () =>
      ask(`${nginx.url}/basic`, basic),
    );
    assert.deepEqual((await read(wrong)).inquiry.response, {
      status: 401,
      body: 'user "joe": password mismatch',
    });
    const denied = await linesOf("nginx-error.log", /forbidden/, () =>
      ask(`${nginx.url}/denied`),
    );
    assert.deepEqual((await read(denied)).inquiry.response, {
      status: 403,
      body: "access forbidden by rule",
    });
  });
});

describe("Apache with mod_auth_openidc", () => {
  let apache: Gateway;
  before(async () => {
    const port = await freePort();
    const modules = "/usr/lib/apache2/modules";
    const load = [
      "mpm_event",
      "authn_core",
      "authz_core",
      "authz_user",
      "auth_openidc",
    ];
    writeFileSync(
      join(folder, "apache.conf"),
      `ServerRoot ${folder}
      ServerName 127.0.0.1
      PidFile ${folder}/apache.pid
      Listen 127.0.0.1:${port}
      ${load.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join("\n")}
      ErrorLog ${folder}/apache-error.log
      LogLevel info
      CustomLog ${folder}/apache-access.log "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\""
      DocumentRoot ${folder}
      OIDCCryptoPassphrase x
      OIDCRedirectURI http://127.0.0.1:${port}/callback
      OIDCOAuthVerifySharedKeys plain##${KEY}
      OIDCOAuthRemoteUserClaim sub
      <Location />
        AuthType oauth20
        Require valid-user
      </Location>\n`,
    );
    const args = [
      "-d",
      folder,
      "-f",
      join(folder, "apache.conf"),
      "-D",
      "FOREGROUND",
    ];
    apache = await start("apache2", args, port);
  });
  after(() => apache.stop());
  const refuse = (sent: string) => () => ask(apache.url, `Bearer ${sent}`);

  it("its error log tells why a token was refused", async () => {
    const expired = await linesOf(
      "apache-error.log",
      /expired/,
      refuse(EXPIRED),
    );
    const { form, diagnosis } = await read(expired);
    assert.equal(form, "gateway-log");
    assert.equal(diagnosis.reason, "expiration.expired");
    assert.equal((await why(expired)).causes[0]?.cause, "time.expired");
    const [head, body] = token({ sub: "a" }).split(".");
    const other = `${head}.${body}.${"A".repeat(43)}`;
    await linesOf("apache-error.log", /aborting/, refuse(other));
    // The whole log: the last connection counts, with all that was said of it.
    const whole = await read(log("apache-error.log"));
    assert.equal(whole.inquiry.response?.status, 401);
    assert.equal(whole.diagnosis.reason, "signature.mismatch");
    const opaque = await linesOf(
      "apache-error.log",
      /could not parse/,
      refuse("opaque"),
    );
    assert.equal((await read(opaque)).diagnosis.reason, "format.not_jwt");
  });

  it("its access log tells the answer and the time", async () => {
    const text = await linesOf("apache-access.log", / 401 /, refuse(EXPIRED));
    const { form, inquiry } = await read(text);
    assert.equal(form, "gateway-log");
    assert.equal(inquiry.response?.status, 401);
    assert.ok(Math.abs(Date.parse(inquiry.now ?? "") - Date.now()) < 60_000);
  });
});
