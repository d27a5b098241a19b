/** The end of everything that somebody or some time names. */
import { z } from "@hono/zod-openapi";
import {
  endAllBefore,
  endClientBefore,
  endSession,
  endSubject,
  endSubjectBefore,
} from "../revocation/end-tokens.ts";
import { call } from "./call.ts";
import { clientId } from "./client-schema.ts";
import { found } from "./clients.ts";
import { moment } from "./moment.ts";
import { refuseFaults } from "./problem.ts";
import { EXAMPLE_REVOKED, REVOKED } from "./revoked.ts";
import { requireRights } from "./rights.ts";

const subject = z.string().min(1).max(255);
const before = moment.optional().openapi({
  description: "What was issued later stays. Default: now.",
});

const ENDING = z
  .discriminatedUnion("by", [
    z.strictObject({
      by: z.literal("session"),
      sessionId: z.string().min(1).max(64),
      subject,
    }),
    z.strictObject({
      by: z.literal("subject"),
      subject,
      change: z
        .enum(["disabled", "deleted", "password_changed", "logged_out"])
        .optional()
        .openapi({ description: "What happened to the account." }),
      before,
    }),
    z.strictObject({ by: z.literal("client"), clientId, before }),
    z.strictObject({ by: z.literal("all"), before: before.unwrap() }),
  ])
  .openapi("Ending");

export const endMany = call(
  {
    id: "endTokens",
    method: "post",
    path: "/revocations",
    scope: "tokens:revoke",
    summary:
      "Ends all tokens of a session, a subject, a client, or all that were issued before a time: your own too.",
    body: ENDING,
    status: 200,
    answer: REVOKED,
    problems: ["not_found"],
    example: {
      body: { by: "subject", subject: "anna", change: "password_changed" },
      answer: EXAMPLE_REVOKED,
    },
  },
  async ({ context, caller, body }) => {
    const { actor } = caller;
    const now = context.clock();
    const given = "before" in body ? body.before : undefined;
    const until = given === undefined ? now : Date.parse(given);
    if (!(until <= now))
      refuseFaults([
        {
          at: "/before",
          expected: "a time that is not to come",
          found: given ?? "nothing",
        },
      ]);
    switch (body.by) {
      case "session":
        return { body: await endSession(context, body, actor) };
      case "subject":
        return {
          body:
            body.change === undefined
              ? await endSubjectBefore(context, body.subject, until, actor)
              : await endSubject(context, body.subject, body.change, actor),
        };
      case "client": {
        const { client } = await found(context, body.clientId);
        requireRights(caller, client);
        return {
          body: await endClientBefore(context, body.clientId, until, actor),
        };
      }
      case "all":
        return { body: await endAllBefore(context, until, actor) };
    }
  },
);
