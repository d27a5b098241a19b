/** A small strict reader of DER (X.690): definite and shortest lengths, one-byte tags, nothing left over. What is not DER is refused. */

export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
}

export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  /** Context-specific, constructed: [number]. */
  context: (number: number): number => 0xa0 | number,
} as const;

/** Thrown for what is not DER. Its message holds positions and tags, never content. */
export class DerError extends Error {
  override readonly name = "DerError";
}

/** The values that follow one another in these bytes. */
export function readValues(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const { value, end } = readAt(bytes, at);
    values.push(value);
    at = end;
  }
  return values;
}

/** The one value that these bytes are, with this tag. */
export function readOne(bytes: Uint8Array, tag: number): Uint8Array {
  const values = readValues(bytes);
  if (values.length !== 1)
    throw new DerError(`expected one value, found ${values.length}`);
  return contentOf(values[0], tag);
}

/** The members of the one sequence that these bytes are. */
export function readSequence(bytes: Uint8Array): DerValue[] {
  return readValues(readOne(bytes, TAG.sequence));
}

/** The content of a value that must be there, with this tag. */
export function contentOf(
  value: DerValue | undefined,
  tag: number,
): Uint8Array {
  if (value?.tag !== tag)
    throw new DerError(
      `expected tag ${hex(tag)}, found ${value ? hex(value.tag) : "none"}`,
    );
  return value.content;
}

/** The bytes of an unsigned integer, without the zero byte that keeps it positive. */
export function unsignedInteger(value: DerValue | undefined): Uint8Array {
  const content = contentOf(value, TAG.integer);
  const [first, second = 0x80] = content;
  if (first === undefined || first > 0x7f)
    throw new DerError(
      "expected a positive integer, found a negative or empty one",
    );
  if (first === 0 && content.length > 1 && second < 0x80)
    throw new DerError("expected the shortest integer, found a longer one");
  return first === 0 && content.length > 1 ? content.subarray(1) : content;
}

/** The bytes of a bit string of whole bytes. */
export function bitString(
  value: DerValue | undefined,
  tag: number = TAG.bitString,
): Uint8Array {
  const content = contentOf(value, tag);
  if (content[0] !== 0)
    throw new DerError("expected a bit string of whole bytes, found another");
  return content.subarray(1);
}

/** An object identifier in dotted form. */
export function objectIdentifier(value: DerValue | undefined): string {
  const content = contentOf(value, TAG.oid);
  const arcs: number[] = [];
  let arc = 0;
  for (const [i, byte] of content.entries()) {
    if (arc === 0 && byte === 0x80)
      throw new DerError(
        "expected the shortest object identifier, found a longer one",
      );
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128)
      throw new DerError(
        "expected an object identifier, found a number too large in it",
      );
    if (byte > 0x7f) {
      if (i === content.length - 1)
        throw new DerError(
          "expected an object identifier, found a part of one",
        );
      continue;
    }
    if (arcs.length === 0)
      arcs.push(
        Math.min(Math.floor(arc / 40), 2),
        arc - 40 * Math.min(Math.floor(arc / 40), 2),
      );
    else arcs.push(arc);
    arc = 0;
  }
  if (arcs.length === 0)
    throw new DerError("expected an object identifier, found an empty one");
  return arcs.join(".");
}

function readAt(
  bytes: Uint8Array,
  start: number,
): { readonly value: DerValue; readonly end: number } {
  const tag = bytes[start] as number;
  if ((tag & 0x1f) === 0x1f)
    throw new DerError(
      `expected a one-byte tag at ${start}, found a longer one`,
    );
  let length = bytes[start + 1];
  if (length === undefined)
    throw new DerError(`expected a length at ${start + 1}, found the end`);
  let from = start + 2;
  if (length > 0x7f) {
    const octets = length & 0x7f;
    if (octets === 0 || octets > 4)
      throw new DerError(
        `expected a definite length at ${start + 1}, found another`,
      );
    length = 0;
    for (const byte of bytes.subarray(from, from + octets))
      length = length * 256 + byte;
    if (length < 0x80 || length < 256 ** (octets - 1))
      throw new DerError(
        `expected the shortest length at ${start + 1}, found a longer one`,
      );
    from += octets;
  }
  const end = from + length;
  if (end > bytes.length)
    throw new DerError(
      `expected ${length} bytes from ${from}, found ${Math.max(bytes.length - from, 0)}`,
    );
  return { value: { tag, content: bytes.subarray(from, end) }, end };
}

const hex = (tag: number): string => `0x${tag.toString(16).padStart(2, "0")}`;
