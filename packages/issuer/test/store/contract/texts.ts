import assert from "node:assert/strict";
import type { Prove } from "../contract-suite.ts";
import { CLIENT } from "../world.ts";

const TEXTS = [
  `' OR '1'='1`,
  `"; DROP TABLE access_tokens; --`,
  `x'); DELETE FROM clients; --`,
  "$1 ? :name @p %s \\ \\' %",
  "ünïcödé 日本語 🔑 ‮right-to-left",
  "e\u0301 is not \u00e9",
  "",
  " ",
  "a".repeat(10_000),
  "line\nbreak\ttab\u0001",
];

export function proveTexts(prove: Prove): void {
  prove(
    "every text is data: it comes back as it was, and changes nothing else",
    async (world) => {
      const { store } = world;
      await store.putClient(world.client(), world.entry("client.created"));
      for (const text of TEXTS) {
        const client = world.client({ clientId: `c${text}`, name: text });
        await store.putClient(
          client,
          world.entry("client.created", {
            clientId: text,
            facts: { text },
            personal: { keyId: text, cipher: text },
          }),
        );
        assert.deepEqual(
          (await store.findClient(`c${text}`))?.client,
          client,
          JSON.stringify(text),
        );
        const access = world.access({
          subject: text,
          sessionId: text,
          scopes: [text],
          claims: { [text]: text },
        });
        await store.issueAccessToken(access, world.entry("token.issued"));
        const found = await store.findAccessToken({ tokenId: access.tokenId });
        assert.equal(found?.token.subject, text);
        assert.equal(found.token.sessionId, text);
        assert.deepEqual(found.token.scopes, [text]);
        assert.deepEqual(found.token.claims, { [text]: text });
        assert.equal(await store.findAccessToken({ tokenId: text }), null);
        assert.equal(await store.rememberOnce(text, text, text, 1), true);
        assert.equal(await store.rememberOnce(text, text, text, 1), false);
        assert.equal(await store.writeValue(text, null, text), true);
        assert.equal(await store.readValue(text), text);
        const [entry] = await store
          .seal(1000)
          .then(async () => store.readJournal({ limit: 1, clientId: text }));
        assert.deepEqual(entry?.facts, { text });
        assert.deepEqual(entry.personal, { keyId: text, cipher: text });
      }
      assert.equal((await store.listClients()).length, TEXTS.length + 1);
      assert.ok(await store.findClient(CLIENT));
    },
  );

  prove(
    "a text that no database can carry is no error, and is remembered",
    async (world) => {
      const { store } = world;
      for (const jti of ["a\0b", "lone \ud800 surrogate"]) {
        assert.equal(await store.rememberOnce("dpop", CLIENT, jti, 1), true);
        assert.equal(await store.rememberOnce("dpop", CLIENT, jti, 1), false);
        assert.equal(await store.findAccessToken({ tokenId: jti }), null);
        assert.equal(await store.findClient(jti), null);
      }
    },
  );
}
