import { sign, type KeyObject } from "node:crypto";

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer =>
  der(0x30, ...parts);

/** A self-signed X.509 certificate (RFC 5280) of an EC P-256 key, as DER. */
export function selfSigned(
  privateKey: KeyObject,
  publicKey: KeyObject,
  name: string,
): Buffer {
  const ecdsaWithSha256 = sequence(Buffer.from("06082a8648ce3d040302", "hex"));
  const commonName = sequence(
    der(
      0x31,
      sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from(name))),
    ),
  );
  const validity = sequence(
    der(0x17, Buffer.from("200101000000Z")),
    der(0x17, Buffer.from("491231235959Z")),
  );
  const body = sequence(
    Buffer.from("020101", "hex"),
    ecdsaWithSha256,
    commonName,
    validity,
    commonName,
    publicKey.export({ type: "spki", format: "der" }),
  );
  return sequence(
    body,
    ecdsaWithSha256,
    der(0x03, Buffer.from([0]), sign("sha256", body, privateKey)),
  );
}
