import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  bitString,
  contentOf,
  DerError,
  objectIdentifier,
  readOne,
  readSequence,
  readValues,
  TAG,
  unsignedInteger,
} from "./der.ts";

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text, "hex"));

describe("the reader of DER", () => {
  const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
    [
      "a length that is missing",
      () => readValues(hex("30")),
      /expected a length at 1/,
    ],
    [
      "content that is missing",
      () => readValues(hex("300401")),
      /expected 4 bytes from 2, found 1/,
    ],
    [
      "an indefinite length",
      () => readValues(hex("30800000")),
      /definite length/,
    ],
    [
      "a long form that a short one would do",
      () => readValues(hex("30810101")),
      /shortest length/,
    ],
    [
      "a leading zero in the length",
      () => readValues(hex(`30820080${"00".repeat(128)}`)),
      /shortest length/,
    ],
    [
      "a length of five bytes",
      () => readValues(hex("30850000000001")),
      /definite length/,
    ],
    ["a tag of two bytes", () => readValues(hex("3f8101")), /one-byte tag/],
    [
      "something left over",
      () => readOne(hex("05000500"), TAG.null),
      /one value, found 2/,
    ],
    [
      "nothing",
      () => readOne(new Uint8Array(), TAG.null),
      /one value, found 0/,
    ],
    ["another tag", () => readSequence(hex("0500")), /tag 0x30, found 0x05/],
    ["no value", () => contentOf(undefined, TAG.oid), /tag 0x06, found none/],
    [
      "a negative integer",
      () => unsignedInteger({ tag: TAG.integer, content: hex("80") }),
      /negative/,
    ],
    [
      "an empty integer",
      () => unsignedInteger({ tag: TAG.integer, content: hex("") }),
      /empty/,
    ],
    [
      "an integer with a zero too many",
      () => unsignedInteger({ tag: TAG.integer, content: hex("0001") }),
      /shortest integer/,
    ],
    [
      "a bit string of broken bytes",
      () => bitString({ tag: TAG.bitString, content: hex("0780") }),
      /whole bytes/,
    ],
    [
      "an empty object identifier",
      () => objectIdentifier({ tag: TAG.oid, content: hex("") }),
      /empty/,
    ],
    [
      "half an object identifier",
      () => objectIdentifier({ tag: TAG.oid, content: hex("2a86") }),
      /a part of one/,
    ],
    [
      "an object identifier with a zero too many",
      () => objectIdentifier({ tag: TAG.oid, content: hex("2a8001") }),
      /shortest object identifier/,
    ],
    [
      "a huge object identifier",
      () =>
        objectIdentifier({
          tag: TAG.oid,
          content: hex(`2a${"ff".repeat(12)}7f`),
        }),
      /too large/,
    ],
  ];
  for (const [name, read, message] of refused)
    it(`refuses ${name}`, () =>
      assert.throws(
        read,
        (error: Error) =>
          error instanceof DerError && message.test(error.message),
      ));

  it("reads numbers and identifiers", () => {
    assert.deepEqual(
      [...unsignedInteger({ tag: TAG.integer, content: hex("0080") })],
      [0x80],
    );
    assert.deepEqual(
      [...unsignedInteger({ tag: TAG.integer, content: hex("00") })],
      [0],
    );
    assert.equal(
      objectIdentifier({ tag: TAG.oid, content: hex("2a8648ce3d030107") }),
      "1.2.840.10045.3.1.7",
    );
    assert.equal(
      objectIdentifier({ tag: TAG.oid, content: hex("608648016503040311") }),
      "2.16.840.1.101.3.4.3.17",
    );
  });

  it("reads what was written, and answers any bytes with values or a DerError", () => {
    const write = (tag: number, content: Uint8Array): Uint8Array => {
      const { length } = content;
      const head =
        length < 128
          ? [length]
          : length < 256
            ? [0x81, length]
            : [0x82, length >> 8, length & 255];
      return Uint8Array.of(tag, ...head, ...content);
    };
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(2, 3, 4, 0x30, 0xa0),
            fc.uint8Array({ maxLength: 700 }),
          ),
        ),
        (values) => {
          const bytes = Uint8Array.from(
            values.flatMap(([tag, content]) => [...write(tag, content)]),
          );
          assert.deepEqual(
            readValues(bytes).map(({ tag, content }) => [tag, [...content]]),
            values.map(([tag, content]) => [tag, [...content]]),
          );
        },
      ),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          readValues(bytes);
        } catch (error) {
          assert.ok(error instanceof DerError);
        }
      }),
    );
  });
});
