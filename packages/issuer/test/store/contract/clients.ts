import assert from "node:assert/strict";
import type {
  ExchangeRule,
  Resource,
} from "../../../src/resources/resource.ts";
import type { Prove } from "../contract-suite.ts";
import { API, CLIENT, DAY, SECOND, times } from "../world.ts";

export function proveClients(prove: Prove): void {
  prove("a client is kept, changed and listed", async (world) => {
    const { store } = world;
    assert.equal(await store.findClient(CLIENT), null);
    const client = world.client();
    await store.putClient(client, world.entry("client.created"));
    assert.deepEqual(await store.findClient(CLIENT), { client, secrets: [] });
    const changed = { ...client, disabledAt: world.now };
    const other = world.client({ clientId: "another" });
    await store.putClient(changed, world.entry("client.disabled"));
    await store.putClient(other, world.entry("client.created"));
    assert.deepEqual(await store.listClients(), [other, changed]);
    assert.deepEqual(await world.events(), [
      "client.created",
      "client.disabled",
      "client.created",
    ]);
  });

  prove("of changes made from one state, one is written", async (world) => {
    const { store } = world;
    const client = world.client();
    const created = await Promise.all(
      times(5).map(async () =>
        store.replaceClient(null, client, world.entry("client.created")),
      ),
    );
    assert.equal(created.filter(Boolean).length, 1);
    const changed = await Promise.all(
      times(5).map(async (i) =>
        store.replaceClient(
          client,
          { ...client, name: `Name ${i}` },
          world.entry("client.changed"),
        ),
      ),
    );
    assert.equal(changed.filter(Boolean).length, 1);
    const name = `Name ${changed.indexOf(true)}`;
    assert.equal((await store.findClient(CLIENT))?.client.name, name);
    const gone = world.client({ clientId: "gone" });
    assert.equal(
      await store.replaceClient(gone, gone, world.entry("client.changed")),
      false,
    );
    const resource: Resource = {
      resource: API,
      name: "Orders",
      scopes: ["orders:read"],
      format: "jwt",
      algorithm: "ES256",
      accessTokenSeconds: 600,
      requireDpop: false,
      claims: { "1": "email", tier: "tier" },
      createdAt: world.now,
    };
    const other = { ...resource, name: "Renamed" };
    const entry = (): ReturnType<typeof world.entry> =>
      world.entry("resource.changed");
    assert.equal(await store.replaceResource(null, resource, entry()), true);
    assert.equal(await store.replaceResource(null, other, entry()), false);
    assert.equal(await store.replaceResource(resource, other, entry()), true);
    assert.equal(await store.replaceResource(resource, other, entry()), false);
    assert.deepEqual(await store.findResource(other.resource), other);
    assert.deepEqual(await world.events(), [
      "client.created",
      "client.changed",
      "resource.changed",
      "resource.changed",
    ]);
  });

  prove("a verb that fails leaves neither state nor journal", async (world) => {
    const { store } = world;
    const entry = world.entry("client.created");
    await store.putClient(world.client(), entry);
    // The journal refuses an id that it has: the client must not be changed either.
    await assert.rejects(
      store.putClient(world.client({ name: "Other" }), entry),
      { name: "Error" },
    );
    assert.equal((await store.findClient(CLIENT))?.client.name, "Shop");
    await assert.rejects(store.addSecret(world.secret(), world.now, entry), {
      name: "Error",
    });
    assert.deepEqual((await store.findClient(CLIENT))?.secrets, []);
    assert.deepEqual(await world.events(), ["client.created"]);
  });

  prove(
    "verbs that fail spoil nothing for those beside them",
    async (world) => {
      const { store } = world;
      const taken = world.entry("client.created");
      await store.putClient(world.client(), taken);
      const outcomes = await Promise.allSettled(
        times(40).map(async (i) =>
          store.putClient(
            world.client({ clientId: `client-${i}` }),
            i % 4 === 0 ? taken : world.entry("client.created"),
          ),
        ),
      );
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        times(40).map((i) => (i % 4 === 0 ? "rejected" : "fulfilled")),
      );
      assert.equal((await store.listClients()).length, 31);
      assert.equal((await world.journal()).length, 31);
    },
  );

  prove(
    "two secrets live at a time, whatever arrives at once",
    async (world) => {
      const { store } = world;
      await store.putClient(world.client(), world.entry("client.created"));
      const outcomes = await Promise.all(
        times(20).map(async () =>
          store.addSecret(
            world.secret(),
            world.now,
            world.entry("client.secret_rotated"),
          ),
        ),
      );
      assert.equal(outcomes.filter((one) => one === "added").length, 2);
      const { secrets = [] } = (await store.findClient(CLIENT)) ?? {};
      assert.equal(secrets.length, 2);
      const [first] = secrets;
      assert.ok(first);
      assert.equal(
        await store.endSecret(
          CLIENT,
          first.secretId,
          world.now,
          world.entry("client.secret_rotated"),
        ),
        true,
      );
      world.now += SECOND;
      const third = world.secret({ expiresAt: world.now + DAY, sealed: "s" });
      assert.equal(
        await store.addSecret(
          third,
          world.now,
          world.entry("client.secret_rotated"),
        ),
        "added",
      );
      // Newest first.
      assert.deepEqual((await store.findClient(CLIENT))?.secrets[0], third);
      assert.equal(
        (await world.events()).filter((event) => event.endsWith("rotated"))
          .length,
        4,
      );
    },
  );

  prove(
    "a secret that is not there has no end, and says nothing",
    async (world) => {
      const { store } = world;
      const ended = await store.endSecret(
        CLIENT,
        "none",
        world.now,
        world.entry("client.secret_rotated"),
      );
      assert.equal(ended, false);
      assert.deepEqual(await world.events(), []);
    },
  );

  prove("the last use of a secret never goes back", async (world) => {
    const { store } = world;
    const secret = world.secret();
    await store.putClient(world.client(), world.entry("client.created"));
    await store.addSecret(
      secret,
      world.now,
      world.entry("client.secret_rotated"),
    );
    await store.noteSecretUsed(CLIENT, secret.secretId, world.now + 5);
    await store.noteSecretUsed(CLIENT, secret.secretId, world.now);
    const found = await store.findClient(CLIENT);
    assert.equal(found?.secrets[0]?.lastUsedAt, world.now + 5);
  });

  prove(
    "resources and rules of exchange are kept, listed and removed",
    async (world) => {
      const { store } = world;
      const resource: Resource = {
        resource: API,
        name: "Orders",
        scopes: ["read"],
        format: "opaque",
        algorithm: "ES256",
        accessTokenSeconds: 600,
        requireDpop: false,
        claims: { role: "role" },
        createdAt: world.now,
      };
      await store.putResource(resource, world.entry("resource.changed"));
      await store.putResource(
        { ...resource, name: "All orders" },
        world.entry("resource.changed"),
      );
      const kept = { ...resource, name: "All orders" };
      assert.deepEqual(await store.findResource(API), kept);
      assert.deepEqual(await store.listResources(), [kept]);
      assert.equal(await store.findResource("https://none.example"), null);

      const rule: ExchangeRule = {
        ruleId: "r1",
        grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
        clientId: CLIENT,
        sourceIssuer: "https://issuer.example",
        sourceAudience: API,
        sourceKeys: null,
        target: API,
        scopes: ["read"],
      };
      const others = { ...rule, ruleId: "r2", clientId: "another" };
      await store.putExchangeRule(rule, world.entry("exchange_rule.changed"));
      await store.putExchangeRule(others, world.entry("exchange_rule.changed"));
      assert.deepEqual(await store.listExchangeRules(CLIENT), [rule]);
      assert.deepEqual(await store.listExchangeRules(null), [rule, others]);
      // A name that reads like no name at all is somebody else's.
      assert.deepEqual(await store.listExchangeRules("null"), []);
      const change = world.entry("exchange_rule.changed");
      assert.equal(await store.deleteExchangeRule("r1", change), true);
      assert.equal(await store.deleteExchangeRule("r1", change), false);
      assert.deepEqual(await store.listExchangeRules(null), [others]);
    },
  );
}
