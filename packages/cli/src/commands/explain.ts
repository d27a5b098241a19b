/**
 * assay explain: the life story of a token: what it is, what happened to it, what ended it, and who must act. By the handle of a refusal
 * too: then why it was refused comes first.
 */
import { render, safeJson, visible, type Diagnosis } from "@assay/diagnosis";
import type { AdminAnswer } from "@assay/issuer";
import {
  AdminClient,
  ServerRefusal,
  type ServerFlags,
} from "../admin-client.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { readWords } from "../read-text.ts";
import { members } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { refusalBehind, sayRefusal } from "./diagnosis.ts";

type Story = AdminAnswer<"post", "/tokens/lookup">;

interface Flags extends ServerFlags {
  readonly json?: boolean;
  readonly personal?: boolean;
}

export async function explain(
  words: readonly string[],
  flags: Flags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const name = (await readWords(words, "explain")).trim();
  const client = new AdminClient(flags);
  const lookUp = async (named: string): Promise<Story> => {
    const { body } = await client.call("post", "/tokens/lookup", {
      body: { name: named, personal: flags.personal === true },
    });
    return body;
  };
  try {
    const story = await lookUp(name);
    await terminal.write(
      flags.json ? `${safeJson(story, 2)}\n` : sayStory(story, terminal),
    );
    return STATUS[story.state.outcome];
  } catch (error) {
    if (!isUnknown(error) || !HANDLE.test(name)) throw error;
    const refusal = await refusalBehind(name, client).catch(
      (failure: unknown) => {
        // It is neither: the first answer names all that it could be.
        throw isUnknown(failure) ? error : failure;
      },
    );
    const { tokenId, diagnosis } = refusal;
    const story =
      tokenId === null ? null : await lookUp(tokenId).catch(orNothing);
    await terminal.write(
      flags.json
        ? `${safeJson({ refusal, story }, 2)}\n`
        : [
            sayRefusal(refusal, terminal),
            ...(story ? [sayStory(story, terminal)] : []),
          ].join("\n"),
    );
    return EXIT[diagnosis.outcome];
  }
}

const HANDLE = /^[\w-]{22}$/;

const isUnknown = (error: unknown): boolean =>
  error instanceof ServerRefusal && error.code === "not_found";

const orNothing = (error: unknown): null => {
  if (isUnknown(error)) return null;
  throw error;
};

const STATUS = {
  good: EXIT.accepted,
  over: EXIT.rejected,
  unknown: EXIT.undecided,
} as const;

function sayStory(story: Story, { width, colour }: Terminal): string {
  const { diagnosis } = story;
  const verdict = diagnosis
    ? render(diagnosis as unknown as Diagnosis, "terminal", {
        width,
        colour,
        now: Math.floor(Date.now() / 1000),
      })
    : `${sayState(story)}\n`;
  const facts = members([
    [KINDS[story.kind], story.tokenId ?? story.grantId ?? story.clientId],
    ["client", story.kind === "client" ? null : story.clientId],
    ["subject", story.subject],
    ["grant", story.tokenId === null ? null : story.grantId],
    ["resource", story.resource],
    ["scopes", story.scopes && story.scopes.join(" ")],
    ["issued", story.issuedAt],
    ["expires", story.expiresAt],
  ]);
  const lines = story.lines.flatMap(({ at, sentence, who }) => [
    `${at.slice(0, 19).replace("T", " ")}  ${visible(sentence)}\n`,
    ...(who ? [sayWho(who)] : []),
  ]);
  const gap = story.complete
    ? ""
    : "Not all lines are shown: there are more.\n";
  const events =
    lines.length === 0 ? "" : `\nWhat happened (UTC)\n${lines.join("")}${gap}`;
  return `${verdict}\n${facts}${events}`;
}

const KINDS: Readonly<Record<Story["kind"], string>> = {
  access_token: "access token",
  refresh_token: "refresh token",
  code: "code",
  grant: "grant",
  client: "client",
  key: "key",
  remembered: "name",
};

function sayState({ state, expiresAt }: Story): string {
  if (state.outcome === "unknown")
    return "Cannot tell: the server has forgotten it, and the journal has not.";
  if (state.outcome === "over")
    return `Over${state.since === null ? "" : ` since ${state.since}`}: ${state.reason ?? "its time came"}.`;
  return `Good: nothing has ended it${expiresAt === null ? "" : `; it expires ${expiresAt}`}.`;
}

function sayWho({
  subject,
  ip,
  agent,
  by,
  request,
}: NonNullable<Story["lines"][number]["who"]>): string {
  const parts = [
    subject,
    ip,
    agent,
    by === null ? null : `by ${by}`,
    request ?? null,
  ].filter((part) => part !== null);
  return parts.length === 0
    ? ""
    : `${" ".repeat(21)}${visible(parts.join(", "))}\n`;
}
