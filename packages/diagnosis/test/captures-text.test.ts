/** Commands that browsers copy, and logs: read as what real tools wrote (test/captures), or as their sources write it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readPasted } from "@assay/diagnosis";

const capture = (name: string): string =>
  readFileSync(new URL(`captures/${name}`, import.meta.url), "utf8");

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
const ORDERS = "https://api.example.com/orders?limit=5";

describe("a call of fetch", () => {
  const request = {
    method: "POST",
    url: ORDERS,
    headers: { accept: "*/*", authorization: `Bearer ${TOKEN}` },
    body: '{"amount":3}',
  };

  it("is what browsers copy", () => {
    const chromium = `fetch("${ORDERS}", {\n  "headers": {\n    "accept": "*/*",\n    "authorization": "Bearer ${TOKEN}"\n  },\n  "referrer": "https://app.example.com/",\n  "body": "{\\"amount\\":3}",\n  "method": "POST",\n  "mode": "cors",\n  "credentials": "include"\n});`;
    assert.deepEqual(readPasted(chromium), {
      inquiry: { request },
      form: "fetch",
    });
    const firefox = chromium.replace("fetch", "await fetch");
    assert.deepEqual(readPasted(firefox).inquiry, { request });
  });

  it("is what source code has, with what is no literal as it stands", () => {
    const text = `const answer = await fetch('${ORDERS}', {\n  headers: { Authorization: \`Bearer \${token}\`, 'X-A': "b" + (c, d) },\n  body: JSON.stringify({ a: [1, "x"] }), method: 'post' });`;
    assert.deepEqual(readPasted(text).inquiry.request, {
      method: "POST",
      url: ORDERS,
      headers: { Authorization: "Bearer ${token}", "X-A": '"b" + (c, d)' },
    });
    assert.deepEqual(readPasted(`fetch("${ORDERS}")`).inquiry.request, {
      method: "GET",
      url: ORDERS,
      headers: {},
    });
    assert.deepEqual(
      readPasted(`fetch("${ORDERS}", {headers: new Headers({"a": "b"})})`)
        .inquiry.request?.headers,
      { a: "b" },
    );
  });
});

describe("a PowerShell command", () => {
  it("is what browsers copy", () => {
    const text = `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = "Mozilla/5.0 (X11; Linux x86_64)"\n$session.Cookies.Add((New-Object System.Net.Cookie("a", "1", "/", "api.example.com")))\nInvoke-WebRequest -UseBasicParsing -Uri "${ORDERS}" \`\n-Method "POST" \`\n-WebSession $session \`\n-Headers @{\n"authority"="api.example.com"\n  "authorization"="Bearer ${TOKEN}"\n  "x-quote"="a\`"b"\n} \`\n-ContentType "application/json" \`\n-Body "{\`"amount\`":3}"`;
    for (const given of [text, text.replaceAll("\n", "\r\n")])
      assert.deepEqual(readPasted(given), {
        inquiry: {
          request: {
            method: "POST",
            url: ORDERS,
            headers: {
              authority: "api.example.com",
              authorization: `Bearer ${TOKEN}`,
              "x-quote": 'a"b',
              "content-type": "application/json",
            },
            body: '{"amount":3}',
          },
        },
        form: "powershell",
      });
  });

  it("is a body that is not ASCII, as browsers write it", () => {
    const text = `Invoke-WebRequest -Uri "${ORDERS}" -Method "POST" -Body ([System.Text.Encoding]::UTF8.GetBytes("caf$([char]0x00e9)"))`;
    assert.equal(readPasted(text).inquiry.request?.body, "café");
  });

  it("is a script that adds its headers one by one, as Postman writes it", () => {
    const text = `$headers = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"\n$headers.Add("Accept", "a")\n$headers.Add("Authorization", "Bearer ${TOKEN}")\n\n$response = Invoke-RestMethod '${ORDERS}' -Method 'GET' -Headers $headers\n$response | ConvertTo-Json`;
    assert.deepEqual(readPasted(text).inquiry.request, {
      method: "GET",
      url: ORDERS,
      headers: { Accept: "a", Authorization: `Bearer ${TOKEN}` },
    });
  });

  it("is a script with its headers in a variable", () => {
    const text = `$headers = @{ Authorization = 'Bearer ${TOKEN}'; Accept = "a" }\nirm ${ORDERS} -Headers $headers -Method Delete\n`;
    assert.deepEqual(readPasted(text).inquiry.request, {
      method: "DELETE",
      url: ORDERS,
      headers: { Authorization: `Bearer ${TOKEN}`, Accept: "a" },
    });
  });
});

describe("a curl command with its output", () => {
  it("is a trace, and the body is the command's", () => {
    const { inquiry, form } = readPasted(
      `$ curl -v -d '{"amount":3}' ${ORDERS}\n${capture("curl-http2.txt")}`,
    );
    assert.equal(form, "curl-output");
    assert.equal(inquiry.request?.body, '{"amount":3}');
    assert.equal(inquiry.response?.status, 401);
  });
});

describe("the debug log of an AWS tool", () => {
  for (const [file, status, body] of [
    ["aws-debug-sts.txt", 403, "Action=GetCallerIdentity&Version=2011-06-15"],
    ["aws-debug-pip.txt", 403, "Action=GetCallerIdentity&Version=2011-06-15"],
    ["aws-debug-dynamodb.txt", 401, "{}"],
    ["aws-debug-s3.txt", 403, undefined],
  ] as const) {
    it(`gives request and answer of ${file}`, () => {
      const { inquiry, form } = readPasted(capture(file));
      const { request, response, context } = inquiry;
      assert.equal(form, "aws-debug");
      assert.match(
        String(request?.headers?.["Authorization"]),
        /^AWS4-HMAC-SHA256 Credential=A\w{3}IOSFODNN7EXAMPLE\/20261126\/us-east-1\/\w+\/aws4_request, SignedHeaders=[\w;-]+, Signature=[0-9a-f]{64}$/,
      );
      assert.match(String(request?.url), /^http:\/\/\w+\.us-east-1\.amazonaws/);
      assert.equal(request?.body, body);
      assert.equal(response?.status, status);
      assert.match(String(response.body), /^[<{]/);
      assert.match(String(context?.aws?.["endpoint"]), /amazonaws/);
      assert.equal(
        context?.aws?.["profile"],
        file === "aws-debug-pip.txt" ? "prod" : undefined,
      );
    });
  }
});

describe("the log of a gateway", () => {
  const cases: readonly (readonly [
    text: string,
    status: number | undefined,
    body: string | undefined,
    now: string | undefined,
  ])[] = [
    [capture("nginx-access.txt"), 401, undefined, "2026-11-26T13:22:45.000Z"],
    [capture("nginx-json.txt"), 401, undefined, "2026-11-26T13:22:45.000Z"],
    [
      capture("nginx-json.txt").split("\n")[0] as string,
      401,
      undefined,
      "2026-11-26T13:22:45.000Z",
    ],
    [capture("nginx-error.txt"), 403, "access forbidden by rule", undefined],
    [
      '2019/09/08 22:42:06 [error] 3685#3685: *1 auth request unexpected status: 304 while sending to client, client: 192.0.2.20, server: www.example.com, request: "PUT / HTTP/2.0", host: "www.example.com"',
      500,
      "auth request unexpected status: 304 while sending to client",
      undefined,
    ],
    [
      '192.0.2.7 - - [22/Nov/2026:14:00:01 +0200] "GET /orders HTTP/1.1" 401 26 "-" "curl/8.5.0" kong_request_id: "2b7f"',
      401,
      undefined,
      "2026-11-22T12:00:01.000Z",
    ],
    [
      '[2026-09-24T07:14:56.165Z] "GET /orders HTTP/1.1" 401 - jwt_authn_access_denied{Jwt_verification_fails} - "-" 0 22 0 - "192.0.2.1" "python-requests/2.32.3" "c4cf9833" "api.example.com" "-" inbound|5000|| - 192.0.2.24:5000 192.0.2.1:0 - default',
      401,
      "Jwt verification fails",
      "2026-09-24T07:14:56.165Z",
    ],
    [
      '[2026-09-24T07:14:56.165Z] "GET / HTTP/2" 403 UAEX 0 0 3 - "-" "curl/8.5.0" "c4cf9833" "api.example.com" "-"\n',
      403,
      undefined,
      "2026-09-24T07:14:56.165Z",
    ],
    [
      '{"response_code":403,"response_code_details":"rbac_access_denied_matched_policy[none]","start_time":"2026-09-24T07:14:56.165Z","path":"/"}',
      403,
      "RBAC: access denied",
      "2026-09-24T07:14:56.165Z",
    ],
    [
      '[2026/02/15 10:28:00] [jwt_session.go:51] Error retrieving session from token in Authorization header: unable to verify bearer token, no verifier can verify the token\n192.0.2.16:39774 - 3f0e - - [2026/02/15 10:28:00] api.example.com GET - "/" HTTP/1.1 "curl/8.5.0" 403 291 0.000\n',
      403,
      "Error retrieving session from token in Authorization header: unable to verify bearer token, no verifier can verify the token",
      undefined,
    ],
    [
      '192.0.2.16:39774 - - [2026/02/15 10:28:00] api.example.com GET - "/" HTTP/1.1 "curl/8.5.0" 401 291 0.000',
      401,
      undefined,
      undefined,
    ],
    // Traefik 3 and 2, after their source: pkg/middlewares/auth/forward.go, zerolog's console and logrus.
    [
      "2026-11-26T12:00:00Z DBG github.com/traefik/traefik/v3/pkg/middlewares/auth/forward.go:248 > Remote error http://auth:4181. StatusCode: 401 middlewareName=auth@docker middlewareType=ForwardAuth",
      401,
      "Remote error http://auth:4181. StatusCode: 401",
      "2026-11-26T12:00:00.000Z",
    ],
    [
      'time="2026-11-26T12:00:00Z" level=debug msg="Remote error http://auth:4181. StatusCode: 403" middlewareType=ForwardedAuthType middlewareName=auth@docker\n192.0.2.7 - - [26/Nov/2026:12:00:00 +0000] "GET /orders HTTP/2.0" 403 17 "-" "-" 11 "api@docker" "-" 3ms',
      403,
      "Remote error http://auth:4181. StatusCode: 403",
      "2026-11-26T12:00:00.000Z",
    ],
    [
      '{"ClientHost":"192.0.2.7","DownstreamStatus":401,"RequestMethod":"GET","RequestPath":"/orders","StartUTC":"2026-11-26T12:00:00.1Z","level":"info","msg":"","request_Authorization":"REDACTED"}',
      401,
      undefined,
      "2026-11-26T12:00:00.100Z",
    ],
    // HAProxy 2.6 with jwt_verify, as it wrote it.
    [
      '127.0.0.1:48400 [26/Nov/2026:16:12:47.228] api api/<NOSRV> 0/-1/-1/-1/0 401 215 - - PR-- 1/1/0/0/0 0/0 "GET /orders HTTP/1.1"',
      401,
      undefined,
      undefined,
    ],
    // mod_auth_openidc 2.4, as it wrote it: the last connection's words, and none of Apache's own.
    [
      `[Thu Nov 26 16:12:44.138401 2026] [mpm_event:notice] [pid 16887:tid 16887] AH00489: Apache/2.4.71 (Debian) configured -- resuming normal operations
[Thu Nov 26 16:12:45.213706 2026] [auth_openidc:error] [pid 16890:tid 16943] [client 127.0.0.1:50062] oidc_proto_validate_exp: "exp" validation failure (1795708965): JWT expired 600 seconds ago
[Thu Nov 26 16:12:45.230786 2026] [auth_openidc:error] [pid 16890:tid 16947] [client 127.0.0.1:50090] oidc_proto_jwt_verify: JWT signature verification failed: [src/jose.c:1018: oidc_jwt_verify]: could not verify signature against any of the (1) provided keys
[Thu Nov 26 16:12:45.230802 2026] [auth_openidc:error] [pid 16890:tid 16947] [client 127.0.0.1:50090] oidc_oauth_validate_jwt_access_token: JWT access token signature could not be validated, aborting
[Thu Nov 26 16:12:45.222299 2026] [core:info] [pid 16891:tid 16894] [client 127.0.0.1:50078] AH00129: Attempt to serve directory: /srv/www/`,
      401,
      "oidc_proto_jwt_verify: JWT signature verification failed: could not verify signature against any of the (1) provided keys\noidc_oauth_validate_jwt_access_token: JWT access token signature could not be validated, aborting",
      undefined,
    ],
  ];
  for (const [text, status, body, now] of cases) {
    it(`is an answer: ${text.slice(0, 70).trim()}`, () => {
      assert.deepEqual(readPasted(text), {
        inquiry: {
          response: {
            ...(status !== undefined && { status }),
            ...(body !== undefined && { body }),
          },
          ...(now !== undefined && { now }),
        },
        form: "gateway-log",
      });
    });
  }
});

describe("a log that was told to keep Authorization", () => {
  const line = (credentials: string): string =>
    `192.0.2.7 - - [22/Nov/2026:12:00:01 +0000] "GET /orders HTTP/1.1" 401 26 "-" "curl/8.5.0" auth="${credentials}"`;

  it("tells the request", () => {
    assert.deepEqual(readPasted(line(`Bearer ${TOKEN}`)).inquiry.request, {
      method: "GET",
      url: "/orders",
      headers: { authorization: `Bearer ${TOKEN}` },
    });
  });

  it("tells that there was none, where it says so", () => {
    assert.deepEqual(readPasted(line("-")).inquiry.request, {
      method: "GET",
      url: "/orders",
      headers: {},
    });
    assert.equal(
      readPasted(line("").replace(' auth=""', "")).inquiry.request,
      undefined,
    );
  });

  it("tells the refused one, not a picture that is missing", () => {
    const missing = line("-").replace("401", "404").replace("orders", "icon");
    const { inquiry } = readPasted(`${line(`Bearer ${TOKEN}`)}\n${missing}`);
    assert.equal(inquiry.response?.status, 401);
    assert.equal(inquiry.request?.url, "/orders");
  });
});

describe("Caddy's log", () => {
  it("is an answer with its headers", () => {
    const { inquiry, form } = readPasted(
      '{"level":"error","ts":1795709567.25,"logger":"http.log.access.log0","msg":"handled request","request":{"method":"GET","uri":"/orders","headers":{"Authorization":[]}},"status":401,"resp_headers":{"Server":["Caddy"],"Www-Authenticate":["Bearer error=\\"invalid_token\\"","DPoP"]}}',
    );
    assert.equal(form, "gateway-log");
    assert.deepEqual(inquiry, {
      response: {
        status: 401,
        headers: {
          Server: "Caddy",
          "Www-Authenticate": ['Bearer error="invalid_token"', "DPoP"],
        },
      },
      now: "2026-11-26T16:12:47.250Z",
    });
  });
});

describe("a line of Kong's log plug-ins", () => {
  it("is an answer with its headers", () => {
    const line = {
      latencies: { proxy: -1, kong: 1, request: 1 },
      started_at: Date.parse("2026-11-22T12:00:01Z"),
      request: {
        method: "GET",
        url: ORDERS,
        headers: { authorization: "REDACTED" },
      },
      response: {
        status: 401,
        headers: { "www-authenticate": 'Bearer error="invalid_token"' },
      },
    };
    const { inquiry, form } = readPasted(JSON.stringify(line));
    assert.equal(form, "gateway-log");
    assert.deepEqual(inquiry, {
      response: line.response,
      now: "2026-11-22T12:00:01.000Z",
    });
  });
});

describe("settings that hold a token", () => {
  const token = (text: string) => readPasted(text).inquiry.token;

  it("are a file .env, with quotation marks and without", () => {
    for (const line of [
      `ACCESS_TOKEN=${TOKEN}`,
      `export ACCESS_TOKEN="${TOKEN}"`,
      `$env:ACCESS_TOKEN = '${TOKEN}'`.replace(" = ", "="),
    ])
      assert.deepEqual(readPasted(`# local\nAPI_URL=${ORDERS}\n${line}\n`), {
        inquiry: { token: TOKEN },
        form: "settings",
      });
  });

  it("are an INI file", () => {
    assert.equal(token(`[api]\nurl = ${ORDERS}\ntoken = ${TOKEN}\n`), TOKEN);
  });

  it("give the token by which an API is asked, of several", () => {
    const other = TOKEN.replace("c2ln", "b3RoZXI");
    assert.equal(
      token(`REFRESH_TOKEN=${other}\nID_TOKEN=${other}\nACCESS_TOKEN=${TOKEN}`),
      TOKEN,
    );
    assert.equal(token(`REFRESH_TOKEN=${other}\nTOKEN=${TOKEN}`), TOKEN);
  });

  it("give the header, where the scheme stands in them too", () => {
    assert.deepEqual(readPasted(`AUTH="Bearer ${TOKEN}"\nA=1`).inquiry, {
      request: { headers: { authorization: `Bearer ${TOKEN}` } },
    });
  });

  it("are a text like any other, where they hold none", () => {
    assert.equal(readPasted("A=1\nB=eyJ").form, "token");
  });
});
