/** What Assay makes of a tool's output. */
import { spawn } from "node:child_process";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  diagnose,
  readPasted,
  type Diagnosis,
  type Inquiry,
  type PastedForm,
} from "@assay/diagnosis";

export interface Reading {
  readonly form: PastedForm;
  readonly inquiry: Inquiry;
  readonly diagnosis: Diagnosis;
  /** "2 of 5", where the text tells of several requests. */
  readonly position: string | null;
}

export async function read(text: string, request?: number): Promise<Reading> {
  const { form, inquiry, capture } = readPasted(text, { request });
  return {
    form,
    inquiry,
    diagnosis: await diagnose(inquiry),
    position: capture
      ? `${capture.judged} of ${capture.requests.length}`
      : null,
  };
}

/** Also by the command, as a person does it. */
export async function why(text: string): Promise<Diagnosis> {
  const command = fileURLToPath(
    new URL("../../packages/cli/bin/assay.js", import.meta.url),
  );
  const child = spawn(process.execPath, [command, "why", "-", "--json"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(text);
  let told = "";
  for await (const part of child.stdout.setEncoding("utf8")) told += part;
  return JSON.parse(told) as Diagnosis;
}

export const header = (
  message: Inquiry["request"] | Inquiry["response"],
  name: string,
): string | undefined =>
  Object.entries(message?.headers ?? {})
    .find(([own]) => own.toLowerCase() === name)?.[1]
    ?.toString();

/** The token is expired, and was found where it was sent. */
export function assertExpired(
  { inquiry, diagnosis }: Reading,
  url: string,
  authorization: string,
): void {
  assert.equal(inquiry.request?.url, url);
  assert.equal(header(inquiry.request, "authorization"), authorization);
  assert.equal(diagnosis.reason, "expiration.expired");
  assert.equal(diagnosis.causes[0]?.cause, "time.expired");
}

/** The token was sent to one host, and lost on the way to another. */
export function assertLost(
  { inquiry, diagnosis }: Reading,
  from: string,
  to: string,
  token: string,
): void {
  assert.equal(inquiry.request?.url, to);
  assert.equal(header(inquiry.request, "authorization"), undefined);
  assert.equal(inquiry.context?.clientToken, token);
  assert.equal(header(inquiry.context.documents?.[from], "location"), to);
  assert.equal(diagnosis.reason, "request.token_missing");
  assert.equal(diagnosis.causes[0]?.cause, "transit.redirect");
}
