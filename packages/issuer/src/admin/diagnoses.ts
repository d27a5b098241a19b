/** What stands behind a handle, for operators: everything, who it was as well. That it was read stands in the journal. */
import { z } from "@hono/zod-openapi";
import { call } from "./call.ts";
import { DIAGNOSIS, FACTS, HISTORY, PERSON } from "./history-schema.ts";
import { notFound } from "./problem.ts";

const REFUSAL = z
  .strictObject({
    at: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    endpoint: z.string(),
    code: z.string(),
    description: z.string(),
    clientId: z.string().nullable(),
    authenticated: z.boolean(),
    reason: z.string().nullable(),
    cause: z.string().nullable(),
    facts: FACTS,
    tokenId: z.string().nullable(),
    grantId: z.string().nullable(),
    who: PERSON.nullable(),
    history: z.array(HISTORY),
    diagnosis: DIAGNOSIS,
  })
  .openapi("Refusal");

export const readDiagnosis = call(
  {
    id: "readDiagnosis",
    method: "post",
    path: "/diagnoses/read",
    scope: "diagnoses:read",
    summary: "The refusal behind a handle, with its diagnosis.",
    body: z
      .strictObject({ handle: z.string().min(1).max(64) })
      .openapi("DiagnosisWish"),
    status: 200,
    answer: REFUSAL,
    problems: ["not_found"],
    example: {
      body: { handle: "5sb3NX-w92gQvSXTsBoMoA" },
      answer: {
        at: "2026-11-26T09:00:00.000Z",
        expiresAt: "2026-11-27T09:00:00.000Z",
        endpoint: "token",
        code: "invalid_client",
        description: "Client authentication failed.",
        clientId: "orders-web",
        authenticated: false,
        reason: null,
        cause: "oauth.client_secret_wrong",
        facts: {},
        tokenId: null,
        grantId: null,
        who: null,
        history: [],
        diagnosis: { contract: 1, outcome: "rejected", reason: null },
      },
    },
  },
  async ({ context, caller, body: { handle } }) => {
    const read = await context.handles.read(handle, { admin: true });
    if (!read) throw notFound("handle: it has ended, or was not kept");
    await context.journal.write(
      "diagnosis.read",
      {
        clientId: read.clientId ?? undefined,
        tokenId: read.tokenId ?? undefined,
        grantId: read.grantId ?? undefined,
      },
      caller.actor,
    );
    return {
      body: structuredClone(read) as unknown as z.input<typeof REFUSAL>,
    };
  },
);
