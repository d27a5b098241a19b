import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import { growsLinearly } from "../../../../test/grows-linearly.ts";
import { classifyKeyText, type KeyTextForm } from "./key-text.ts";
import { readPem, type PemProblem } from "./pem.ts";

const { publicKey, privateKey } = generateKeyPairSync("ec", {
  namedCurve: "P-256",
});
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spki = publicKey.export({ type: "spki", format: "pem" });
const jwk = JSON.stringify(publicKey.export({ format: "jwk" }));
const body = spki.split("\n").slice(1, -2).join("");

describe("classifyKeyText", () => {
  const cases: readonly (readonly [string, string, KeyTextForm])[] = [
    ["SPKI", spki, "spki"],
    ["SPKI with Windows line ends", spki.replaceAll("\n", "\r\n"), "spki"],
    ["SPKI with text around it", `Bag Attributes\n${spki}\nthe end`, "spki"],
    [
      "PKCS#1 public",
      rsa.publicKey.export({ type: "pkcs1", format: "pem" }),
      "pkcs1-public",
    ],
    [
      "PKCS#1 private",
      rsa.privateKey.export({ type: "pkcs1", format: "pem" }),
      "pkcs1-private",
    ],
    ["PKCS#8", privateKey.export({ type: "pkcs8", format: "pem" }), "pkcs8"],
    ["SEC 1", privateKey.export({ type: "sec1", format: "pem" }), "sec1"],
    [
      "SEC 1 after its parameters",
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${privateKey.export({ type: "sec1", format: "pem" })}`,
      "sec1",
    ],
    [
      "a certificate",
      spki.replaceAll("PUBLIC KEY", "CERTIFICATE"),
      "certificate",
    ],
    [
      "an encrypted key",
      privateKey.export({
        type: "pkcs8",
        format: "pem",
        cipher: "aes-128-cbc",
        passphrase: "x",
      }),
      "encrypted-private",
    ],
    [
      "an encrypted key of the old form",
      rsa.privateKey.export({
        type: "pkcs1",
        format: "pem",
        cipher: "aes-128-cbc",
        passphrase: "x",
      }),
      "encrypted-private",
    ],
    ["a JWK", `\uFEFF${jwk}\n`, "jwk"],
    ["a JWK Set", `{"keys":[${jwk}]}`, "jwk-set"],
    ["another object", "{}", "unknown"],
    ["JSON that is cut off", jwk.slice(0, -1), "unknown"],
    ["base64 of a PEM", Buffer.from(spki).toString("base64"), "base64-of-pem"],
    ["base64 of DER", body, "base64-der"],
    [
      "base64url of DER, in lines",
      Buffer.from(body, "base64")
        .toString("base64url")
        .replace(/.{40}/g, "$&\n"),
      "base64-der",
    ],
    ["an SSH key", "ecdsa-sha2-nistp256 AAAA someone@host", "ssh-public"],
    ["a point in hexadecimal", `04${"ab".repeat(64)}`, "raw-point-hex"],
    [
      "a compressed point in hexadecimal",
      `0x03${"AB".repeat(32)}`,
      "raw-point-hex",
    ],
    ["escaped line ends", spki.replaceAll("\n", "\\n"), "damaged-pem"],
    ["one line", spki.replaceAll("\n", " "), "damaged-pem"],
    ["no end", spki.slice(0, 90), "damaged-pem"],
    ["dashes lost", spki.replaceAll("-----", "--"), "damaged-pem"],
    [
      "a PEM of something else",
      spki.replaceAll("PUBLIC KEY", "PGP MESSAGE"),
      "unknown",
    ],
    ["a word", "secret", "unknown"],
    [
      "a long secret in base64",
      Buffer.alloc(64, 7).toString("base64"),
      "unknown",
    ],
    ["nothing", "", "unknown"],
  ];
  for (const [name, text, form] of cases)
    it(name, () => assert.equal(classifyKeyText(text), form));

  it("answers in linear time, whatever the text", async () => {
    for (const unit of [
      "BEGIN ",
      "-----BEGIN A ",
      "-----END ",
      "=",
      "-----BEGIN PUBLIC KEY-----\n",
      "-",
      "- ",
      "\n",
      "A=",
      "{",
      "0",
    ]) {
      await growsLinearly(
        (length) => classifyKeyText(unit.repeat(length / unit.length)),
        65_536,
        JSON.stringify(unit),
      );
    }
  });
});

describe("readPem says what is wrong", () => {
  const cases: readonly (readonly [string, string, PemProblem])[] = [
    ["no PEM", "hello", "no_begin"],
    ["no end", spki.slice(0, 90), "no_end"],
    ["a second begin before the end", spki.slice(0, 60) + spki, "no_end"],
    ["two labels", spki.replace("END PUBLIC", "END PRIVATE"), "label"],
    ["escaped line ends", spki.replaceAll("\n", "\\n"), "escaped_newlines"],
    [
      "escaped line ends within lines",
      spki.replace(/\n(?!-)(?!$)/, "\n\\n"),
      "escaped_newlines",
    ],
    ["one line", spki.replaceAll("\n", " "), "line_breaks"],
    [
      "the end on the line of the body",
      spki.replace("\n-----END", "-----END"),
      "line_breaks",
    ],
    ["headers", spki.replace("\n", "\nProc-Type: 4,ENCRYPTED\n\n"), "headers"],
    ["another character", spki.replace("\nM", "\n*"), "base64"],
    ["a character less", spki.replace("\nM", "\n"), "base64"],
    [
      "no body",
      "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
      "base64",
    ],
  ];
  for (const [name, text, problem] of cases)
    it(name, () => assert.deepEqual(readPem(text), { problem }));
});
