/** assay aws-check: a service on this machine that answers signed requests as AWS would, and says why it refuses one. It runs until it is stopped. */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Service } from "../aws-check/decide.ts";
import {
  fakeKeyId,
  fakeSecret,
  fakeSessionToken,
  looksFake,
  type Keys,
} from "../aws-check/fake-keys.ts";
import { handle } from "../aws-check/handle.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { readTextFile } from "../read-text.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface AwsCheckFlags {
  readonly port?: number;
  readonly accessKeyId?: string;
  readonly secretAccessKeyFile?: string;
  readonly session?: boolean;
  readonly sessionTokenFile?: string;
  readonly sessionLifetime?: number;
  readonly region: string;
  readonly clockOffset?: number;
}

const LOOPBACK = "127.0.0.1";

export async function awsCheck(
  flags: AwsCheckFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { region, clockOffset = 0, sessionLifetime, port = 0 } = flags;
  const keys = await keysOf(flags, terminal);
  const clock = (): number => Date.now() + clockOffset * 1000;
  if (sessionLifetime !== undefined && keys.sessionToken === null)
    throw new UsageError(
      "--session-lifetime: expected --session or --session-token-file beside it, found neither",
      "assay aws-check --session --session-lifetime 60",
    );
  const service: Service = {
    keys,
    region,
    clock,
    sessionEnds:
      sessionLifetime === undefined ? null : clock() / 1000 + sessionLifetime,
  };
  // Loaded here: named at the top of the bundle it would be loaded, with all of fetch, at each start of the command.
  const { createServer } = await import("node:http");
  const server = createServer(
    // Threat: connections that are held open and send nothing. In milliseconds.
    {
      headersTimeout: 10_000,
      requestTimeout: 120_000,
      keepAliveTimeout: 5_000,
    },
    (request, response) => {
      handle(request, response, service, terminal).catch((error: unknown) => {
        response.destroy();
        // Somebody who hung up is no fault of ours.
        if (!request.readableAborted)
          terminal.note(
            `assay: this is a fault of assay itself, please report it: ${error instanceof Error ? error.name : "unknown error"}`,
          );
      });
    },
  );
  const closed = once(server, "close");
  const taken = await listen(server, port);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  await terminal.write(greeting(taken, service, flags));
  await closed;
  return EXIT.accepted;
}

async function keysOf(
  {
    accessKeyId,
    secretAccessKeyFile,
    session,
    sessionTokenFile,
  }: AwsCheckFlags,
  terminal: Terminal,
): Promise<Keys> {
  const secret = await fromFile(
    secretAccessKeyFile,
    "--secret-access-key-file",
  );
  const token = await fromFile(sessionTokenFile, "--session-token-file");
  const sessionToken = token ?? (session ? fakeSessionToken() : null);
  // IAM guide, "Unique identifiers": AKIA is a long-term key, ASIA one of STS.
  const wrongStart = sessionToken === null ? "ASIA" : "AKIA";
  if (accessKeyId?.startsWith(wrongStart))
    throw new UsageError(
      `--access-key-id: expected ${sessionToken === null ? "a key id that needs no session token, or --session beside it" : "a temporary key id, such as ASIA…, beside a session token"}, found ${wrongStart}…`,
    );
  if (accessKeyId !== undefined && !/^[\w.+=@-]{1,128}$/.test(accessKeyId))
    throw new UsageError(
      "--access-key-id: expected letters, digits and _.+=@-, found other characters",
    );
  if (secret !== null && !looksFake(secret) && !looksFake(accessKeyId ?? ""))
    terminal.note(
      "warning: neither the key id nor the secret says that it is fake; this service is for tests, never give it real keys",
    );
  return {
    accessKeyId: accessKeyId ?? fakeKeyId(sessionToken !== null),
    secretAccessKey: secret ?? fakeSecret(),
    sessionToken,
  };
}

/** One line end at the end of a file is the editor's and is left out. */
async function fromFile(
  path: string | undefined,
  flag: string,
): Promise<string | null> {
  if (path === undefined) return null;
  const text = (await readTextFile(path, flag)).replace(/\r?\n$/, "");
  if (!/^[\x21-\x7e]{1,8192}$/.test(text) || /^[*.x]{2,}$/.test(text))
    throw new UsageError(
      `${flag}: expected one line of printable characters without blanks, found something else`,
    );
  return text;
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  try {
    server.listen({ host: LOOPBACK, port }, resolve);
    await promise;
  } catch (error) {
    throw new UsageError(
      `--port: expected a free port, found ${(error as NodeJS.ErrnoException).code ?? "an error"} for ${port}`,
      "assay aws-check",
    );
  }
  return (server.address() as AddressInfo).port;
}

/** In the form of a shell script, so that it can be pasted. What was made here is shown; what was handed in is not repeated. */
function greeting(
  port: number,
  { keys, region }: Service,
  { secretAccessKeyFile, sessionTokenFile, clockOffset = 0 }: AwsCheckFlags,
): string {
  const host = `${LOOPBACK}:${port}`;
  const lines = [
    "# A service that answers like AWS, for tests. It listens on this machine only. Older tools want --endpoint-url.",
    `export AWS_ENDPOINT_URL=http://${host}`,
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    `export AWS_ACCESS_KEY_ID=${keys.accessKeyId}`,
    secretAccessKeyFile === undefined
      ? `export AWS_SECRET_ACCESS_KEY=${keys.secretAccessKey}`
      : "# AWS_SECRET_ACCESS_KEY: as in the file",
    ...(keys.sessionToken === null
      ? []
      : [
          sessionTokenFile === undefined
            ? `export AWS_SESSION_TOKEN=${keys.sessionToken}`
            : "# AWS_SESSION_TOKEN: as in the file",
        ]),
    "# Keys that are made here are fake and of no use anywhere else.",
    `# The host that a client signs is this endpoint, ${host}: no host of AWS is compared, and a proxy between must leave Host alone.`,
    ...(clockOffset === 0
      ? []
      : [`# The clock of this service is off by ${clockOffset} seconds.`]),
  ];
  return `${lines.join("\n")}\n\n`;
}
