/** One request: taken, judged, answered and told. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { diagnose, render } from "@assay/diagnosis";
import type { Terminal } from "../terminal.ts";
import { answerError } from "./answer-error.ts";
import { answerSuccess } from "./answer-success.ts";
import type { Answer } from "./answer.ts";
import { decide, type Service } from "./decide.ts";
import { errorOf } from "./error-of.ts";
import { inquiryForReader } from "./inquiry-of.ts";
import { bounded, describe } from "./journal.ts";
import { isOwnHost } from "./own-host.ts";
import { callOf } from "./protocol.ts";
import { LARGEST_BODY, receiveBody } from "./receive-body.ts";
import { seeRequest } from "./seen-request.ts";

export async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  service: Service,
  terminal: Terminal,
): Promise<void> {
  const { host } = message.headers;
  if (!isOwnHost(host)) {
    await terminal.write(
      "refused 421: the header Host names no address of this machine; nothing was judged\n",
    );
    return refusePlainly(
      response,
      421,
      "This service answers only to loopback names: 127.0.0.1, localhost, *.localhost and [::1].\n",
    );
  }
  const body = await receiveBody(message);
  if (body === null) {
    await terminal.write(
      `refused 413: the body is larger than ${LARGEST_BODY} bytes; nothing was judged\n`,
    );
    return refusePlainly(
      response,
      413,
      `This service takes bodies of at most ${LARGEST_BODY} bytes.\n`,
    );
  }
  const seen = seeRequest(message, body, { host: host as string });
  const call = callOf(seen);
  // One reading of the clock, so that verdict, answer and diagnosis agree.
  const now = service.clock();
  const id = randomUUID();
  const refusal = await decide(seen, call, service, now);
  if (refusal === null) {
    send(response, answerSuccess(call, seen, now, id));
    return terminal.write(`accepted ${describe(seen, call)}\n`);
  }
  const error = errorOf(refusal, call.protocol, seen, service, now);
  const answer = answerError(call.protocol, error, now, id);
  send(response, answer);
  const line = `refused ${error.status} ${error.code} ${describe(seen, call)}${refusal === "region" ? `; this service is of ${service.region}` : ""}\n`;
  if (refusal === "not_here") return terminal.write(line);
  const diagnosis = await diagnose(
    inquiryForReader(seen, answer, service, now),
  );
  const { width, colour } = terminal;
  await terminal.write(
    `${line}${bounded(render(diagnosis, "terminal", { width, colour, now: Math.floor(now / 1000) }))}\n`,
  );
}

function send(
  response: ServerResponse,
  { status, headers, body }: Answer,
): void {
  response.writeHead(status, {
    ...headers,
    ...(status !== 204 && { "content-length": Buffer.byteLength(body) }),
  });
  response.end(body);
}

/** The rest of the request is not read. */
function refusePlainly(
  response: ServerResponse,
  status: number,
  text: string,
): void {
  response.writeHead(status, {
    "content-type": "text/plain",
    connection: "close",
  });
  response.end(text);
}
