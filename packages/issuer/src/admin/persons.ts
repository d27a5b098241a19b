/** Persons: the right to be forgotten, where the journal must not change. */
import { z } from "@hono/zod-openapi";
import { call } from "./call.ts";

export const erasePerson = call(
  {
    id: "erasePerson",
    method: "post",
    path: "/persons/erase",
    scope: "persons:erase",
    summary:
      "Destroys the key of a person's fields in the journal, for ever: subject, addresses and agents of all entries can be read by nobody again, and the chain stays whole. Grants and tokens of the person stay until they are ended by a call of their own.",
    body: z
      .strictObject({ subject: z.string().min(1).max(255) })
      .openapi("PersonErasure"),
    status: 200,
    answer: z
      .strictObject({
        erased: z.boolean().openapi({
          description: "False: there was nothing to erase any more.",
        }),
      })
      .openapi("ErasedPerson"),
    example: { body: { subject: "anna" }, answer: { erased: true } },
  },
  async ({ context, caller, body: { subject } }) => {
    const { store, journal, clock } = context;
    const keyId = journal.personal.keyIdOf({ subject, clientId: null });
    const erased = await store.erasePersonalKey(
      keyId,
      clock(),
      // Of the person nothing: not even here.
      await journal.entry("subject.erased", {}, caller.actor),
    );
    journal.personal.forget(keyId);
    return { body: { erased } };
  },
);
