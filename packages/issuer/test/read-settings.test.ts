/** The settings as an operator gives them, and those that are none. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readSettings, StartError } from "@assay/issuer";

const refused = (
  options: Record<string, unknown>,
  env: Record<string, string>,
  message: RegExp,
): void =>
  assert.throws(
    () => readSettings(options, env),
    (error: Error) => {
      assert.ok(error instanceof StartError, String(error));
      assert.match(error.message, message);
      return true;
    },
  );

describe("the settings", () => {
  it("names a setting that is none, and the one that may be meant", () => {
    refused(
      { port: 65_536 },
      {},
      /^port: expected a whole number from 0 to 65535, found "65536"$/,
    );
    refused({ port: 1.5 }, {}, /found "1\.5"/);
    refused({}, { ASSAY_PORT: "http" }, /^ASSAY_PORT: expected a whole number/);
    refused(
      {},
      { ASSAY_PROT: "80" },
      /unknown variable "ASSAY_PROT"; ASSAY_PORT may be meant/,
    );
    refused(
      {},
      { ASSAY_MASTER_KYE: "secret" },
      /^unknown variable "ASSAY_MASTER_KYE"; ASSAY_MASTER_KEY may be meant$/,
    );
    refused(
      {},
      { ASSAY_REQUIRE_TLS: "true" },
      /unknown variable "ASSAY_REQUIRE_TLS"; known are ASSAY_HOST, ASSAY_PORT/,
    );
    refused({ prot: 80 }, {}, /unknown option "prot"; port may be meant/);
    refused({ colour: 1 }, {}, /unknown option "colour"; known are host, port/);
    refused(
      { host: "http://localhost" },
      {},
      /^host: expected a host name or an IP address/,
    );
    refused(
      {},
      { ASSAY_ALLOW_REMOTE: "yes" },
      /expected true or false, found "yes"/,
    );
  });

  it("takes no address of another database for a file, and shows no password of it", () => {
    for (const address of [
      "mysql://assay:open-sesame@db/assay",
      "postgress://assay:open-sesame@db/assay",
      "sqlite:///var/lib/assay.db?password=open-sesame",
    ])
      assert.throws(
        () => readSettings({ database: address }, {}),
        ({ message }: Error) => {
          assert.match(message, /^database: expected the path of a file, or/);
          assert.doesNotMatch(message, /open-sesame/);
          return true;
        },
      );
    const { database } = readSettings({ database: "postgresql://db/a" }, {});
    assert.equal(database, "postgresql://db/a");
  });

  it("takes the services that Kubernetes tells of for no settings", () => {
    const links = (service: string, port: number) => ({
      [`${service}_SERVICE_HOST`]: "10.96.0.7",
      [`${service}_SERVICE_PORT`]: String(port),
      [`${service}_SERVICE_PORT_HTTP`]: String(port),
      [`${service}_PORT`]: `tcp://10.96.0.7:${port}`,
      [`${service}_PORT_${port}_TCP`]: `tcp://10.96.0.7:${port}`,
      [`${service}_PORT_${port}_TCP_PROTO`]: "tcp",
      [`${service}_PORT_${port}_TCP_PORT`]: String(port),
      [`${service}_PORT_${port}_TCP_ADDR`]: "10.96.0.7",
    });
    const env = {
      ...links("ASSAY", 4455),
      ...links("ASSAY_METRICS", 9464),
      ...links("ASSAY_ISSUER", 443),
    };
    const settings = readSettings({}, env);
    assert.deepEqual(settings, readSettings({}, {}));
    assert.equal(settings.port, 4455);
    refused(
      {},
      { ...env, ASSAY_PORT: "10.96.0.7:4455" },
      /^ASSAY_PORT: expected a whole number/,
    );
  });
});
