/** What may have been signed in place of the two segments as they are sent. Pure; likeliest first. */
import { platform } from "@assay/token";
import { base64Of, hexOf } from "./lenient-base64.ts";
import { otherHeaders, without } from "./before-additions.ts";
import { WRITERS, writings } from "./json-writings.ts";
import type { Signed } from "./signed.ts";

export interface OtherInput {
  readonly input: string | Uint8Array;
  /** In a few words. */
  readonly name: string;
  /** The same content was written anew after signing: the token was changed as much as its signature is wrong. */
  readonly rewritten?: true;
  /** Another content was signed: somebody added these. */
  readonly added?: readonly string[];
}

/** Longer tokens are not rewritten: each form costs a pass over the text. */
const LONGEST = 16_384;

export async function* otherInputs(s: Signed): AsyncGenerator<OtherInput> {
  if (s.input.length > LONGEST) return;
  const [head = "", body = ""] = s.input.split(".");
  const [header, payload] = [
    platform.decodeText(head),
    platform.decodeText(body),
  ];
  if (header === null || payload === null) return;
  const padded = (segment: string): string =>
    segment + "=".repeat((4 - (segment.length % 4)) % 4);
  const standard = (segment: string): string =>
    segment.replaceAll("-", "+").replaceAll("_", "/");
  // One of each kind first: with the slowest curves only a handful can be tried.
  yield {
    input: `${padded(head)}.${padded(body)}`,
    name: "the segments with their padding",
  };
  yield {
    input: `${header}.${payload}`,
    name: "the decoded JSON of header and payload, with a dot",
  };
  yield {
    input: head + body,
    name: "the segments without the dot between them",
  };
  yield {
    input: `${s.input}\n`,
    name: "the right text with a line end after it",
  };
  yield {
    input: `${padded(standard(head))}.${padded(standard(body))}`,
    name: "the segments in ordinary base64 with padding",
  };
  yield { input: body, name: "the payload's segment alone" };
  yield {
    input: await platform.digest("sha256", s.input),
    name: "the hash of the right text, hashed once more",
  };
  yield { input: payload, name: "the decoded payload alone" };
  yield {
    input: `${header}${payload}`,
    name: "the decoded JSON of header and payload",
  };
  for (const [tail, name] of [
    ["\r\n", "a carriage return and a line end"],
    [".", "a dot"],
    [" ", "a blank"],
    ["\0", "a NUL character"],
  ] as const) {
    yield {
      input: s.input + tail,
      name: `the right text with ${name} after it`,
    };
  }
  yield* encodings(head, body, padded, standard);
  yield* hashes(s.input);
  yield {
    input: `${head}.${payload}`,
    name: "the header's segment and the decoded payload",
  };
  yield {
    input: `${header}.${body}`,
    name: "the decoded header and the payload's segment",
  };
  yield { input: head, name: "the header's segment alone" };
  yield {
    input: `.${body}`,
    name: "the payload's segment with the dot before it",
  };
  yield { input: `${body}.${head}`, name: "the segments in the reverse order" };
  yield { input: utf16(s.input, true), name: "the right text in UTF-16" };
  yield {
    input: utf16(s.input, false),
    name: "the right text in UTF-16, the other byte first",
  };
  yield {
    input: `\uFEFF${s.input}`,
    name: "the right text with a byte-order mark before it",
  };
  yield {
    input: base64Of(new TextEncoder().encode(s.input)),
    name: "the right text in base64 once more",
  };
  yield {
    input: platform.encodeBase64url(new TextEncoder().encode(s.input)),
    name: "the right text in base64url once more",
  };
  yield { input: `"${s.input}"`, name: "the right text in quotation marks" };
  yield* rewritings(header, payload, head, body);
}

type Write = (segment: string) => string;

/** Header and payload in another base64: each side for itself, and both. */
function* encodings(
  head: string,
  body: string,
  padded: Write,
  standard: Write,
): Generator<OtherInput> {
  const both = (write: Write): string => `${write(head)}.${write(body)}`;
  yield {
    input: both(standard),
    name: "the segments in ordinary base64 without padding",
  };
  yield {
    input: `${padded(head)}.${body}`,
    name: "the header's segment with its padding",
  };
  yield {
    input: `${head}.${padded(body)}`,
    name: "the payload's segment with its padding",
  };
  yield {
    input: `${padded(standard(head))}.${body}`,
    name: "the header in ordinary base64",
  };
  yield {
    input: `${head}.${padded(standard(body))}`,
    name: "the payload in ordinary base64",
  };
  yield {
    input: both((segment) => padded(segment).replaceAll("=", "%3D")),
    name: "the segments with percent-encoded padding",
  };
  yield {
    input: both((segment) =>
      padded(standard(segment)).replace(/.{76}/g, "$&\n"),
    ),
    name: "the segments in base64 with line ends",
  };
  yield {
    input: both((segment) =>
      padded(standard(segment)).replace(/.{76}/g, "$&\r\n"),
    ),
    name: "the segments in base64 with line ends",
  };
}

async function* hashes(input: string): AsyncGenerator<OtherInput> {
  for (const hash of ["sha256", "sha512", "sha384", "sha1"] as const) {
    const digest = await platform.digest(hash, input);
    yield {
      input: digest,
      name: "the hash of the right text, hashed once more",
    };
    yield {
      input: hexOf(digest),
      name: "the hash of the right text in hexadecimal",
    };
    if (hash === "sha256")
      yield {
        input: base64Of(digest),
        name: "the hash of the right text in base64",
      };
  }
}

/** The same JSON as other writers have it. */
function* rewritings(
  header: string,
  payload: string,
  head: string,
  body: string,
): Generator<OtherInput> {
  const heads = new Set(writings(header));
  const bodies = new Set(writings(payload));
  const encode = (text: string): string =>
    platform.encodeBase64url(new TextEncoder().encode(text));
  for (const text of bodies)
    if (text !== payload)
      yield {
        input: `${head}.${encode(text)}`,
        name: "the payload's JSON written otherwise",
        rewritten: true,
      };
  for (const text of heads)
    if (text !== header)
      yield {
        input: `${encode(text)}.${body}`,
        name: "the header's JSON written otherwise",
        rewritten: true,
      };
  const pairs = WRITERS.map(
    (write) => [write(header), write(payload)] as const,
  );
  for (const [h, p] of pairs)
    if (h !== null && p !== null && h !== header && p !== payload)
      yield {
        input: `${encode(h)}.${encode(p)}`,
        name: "the JSON of header and payload written otherwise",
        rewritten: true,
      };
  for (const { text, added } of otherHeaders(header))
    yield { input: `${encode(text)}.${body}`, name: "another header", added };
  for (const { text, added } of without(payload, ""))
    yield {
      input: `${head}.${encode(text)}`,
      name: "the payload without a claim that was added",
      added,
    };
}

function utf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++)
    view.setUint16(2 * i, text.charCodeAt(i), little);
  return new Uint8Array(view.buffer);
}
