/** assay keys: the ring of signing keys of a server. */
import { safeJson } from "@assay/diagnosis";
import type { AdminAnswer } from "@assay/issuer";
import { AdminClient } from "../admin-client.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { sayRevoked } from "../revoked-line.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { writeAnswer, type AnswerFlags } from "../write-answer.ts";

type Keys = AdminAnswer<"get", "/keys">;

export async function list(
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call("get", "/keys", {});
  return say(body, flags, terminal);
}

export async function rotate(
  flags: AnswerFlags & { readonly alg?: string; readonly force?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { alg, force } = flags;
  const { body } = await new AdminClient(flags).call("post", "/keys/rotate", {
    body: {
      ...(alg !== undefined && { algorithm: alg }),
      ...(force !== undefined && { force }),
    },
  });
  return say(body, flags, terminal);
}

export async function withdraw(
  kid: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "post",
    "/keys/{kid}/withdraw",
    { params: { kid } },
  );
  return writeAnswer(
    body,
    flags,
    terminal,
    () => `Withdrawn. ${sayRevoked(body)}`,
  );
}

/** Exit status 0: a rotation now would surprise nobody; 1: it would. */
export async function rehearse(
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "get",
    "/keys/rehearsal",
    {},
  );
  const good = body.items.every(
    ({ ready, behind }) => ready && behind.length === 0,
  );
  if (flags.json) await terminal.write(`${safeJson(body, 2)}\n`);
  else
    for (const {
      algorithm,
      kid,
      ready,
      readyAt,
      informed,
      behind,
    } of body.items) {
      await terminal.write(
        `${algorithm}: ${kid === null ? "there is no next key yet" : `the next key ${kid} ${ready ? "may sign now" : `may sign from ${readyAt}`}`}.\n` +
          (informed.length > 0 ? `Know it: ${informed.join(", ")}.\n` : ""),
      );
      if (behind.length > 0)
        await terminal.write(
          `Have not fetched it yet:\n${table(
            [
              { title: "guard", of: ({ guard }) => guard },
              { title: "last fetch", of: (one) => one.lastFetchAt ?? "never" },
            ],
            behind,
            terminal,
          )}`,
        );
    }
  return good ? EXIT.accepted : EXIT.rejected;
}

async function say(
  keys: Keys,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  return writeAnswer(keys.items, flags, terminal, () =>
    table(
      [
        { title: "kid", of: ({ kid }) => kid },
        { title: "alg", of: ({ algorithm }) => algorithm },
        { title: "state", of: ({ state }) => state },
        {
          title: "since",
          of: (key) =>
            (
              key.withdrawnAt ??
              key.retiredAt ??
              key.activatedAt ??
              key.publishedAt
            ).slice(0, 16),
        },
      ],
      keys.items,
      terminal,
    ),
  );
}
