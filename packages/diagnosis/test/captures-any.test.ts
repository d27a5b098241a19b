/** Whatever was pasted is read: without an exception, and at once. */
import { describe, it } from "node:test";
import { readInquiry, readPasted } from "@assay/diagnosis";
import fc from "fast-check";
import { growsLinearly } from "../../../test/grows-linearly.ts";

describe("any text", () => {
  const odd = [
    'fetch("x", {',
    '{"a":',
    "`",
    '"',
    "'",
    "\\",
    "\\u",
    "(",
    "[",
    "@{",
    "}",
    "=",
    "\n",
    " ",
    "{{a}}",
    "> GET / HTTP/1.1\n",
    "< HTTP/1.1 302\n",
    "< Location: /\n",
    "<\n",
    "irm -Headers ",
    " -Headers $x",
    " -Headers @{}",
    "AWS_A=",
    "[x]\n",
    "Sending http request: <AWSPreparedRequest stream_output=False, method=GET, url=a, headers={",
    "get {\n",
    "http:\n",
    "- ",
    "  a: |\n",
    "=> Send header: ",
    "0000: 3d ",
    "---request begin---\n",
    "\u001b[1m",
    "- - [",
    "Error from server: ",
    "Trying",
    ", ",
    "a:",
    "b'",
  ];

  it("is read without an exception, into an inquiry of the contract's form", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom(...odd), fc.string({ maxLength: 6 })),
          { maxLength: 40 },
        ),
        fc.constantFrom(
          ...odd,
          "$x = @{",
          "botocore - DEBUG\n",
          "meta {\n}\n",
          "info:\n",
        ),
        (parts, start) => {
          const { inquiry } = readPasted(start + parts.join(""));
          if (Object.keys(inquiry.context?.documents ?? {}).length < 99)
            readInquiry(inquiry);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("is read as JSON of any shape without an exception", () => {
    const names = fc.constantFrom(
      ..."log entries request response headers name value url status item info schema run executions results header key auth type bearer body raw stream data".split(
        " ",
      ),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, 1, 401, "", "collection", "bearer", "Location"),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(names, tie("tree"), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        for (const json of [
          { log: { entries: [a, b] } },
          { run: { executions: [a, b] } },
          { info: { schema: "collection" }, item: [a, b], auth: b },
          [{ results: [a, b] }],
          a,
        ])
          readInquiry(readPasted(JSON.stringify(json)).inquiry);
      }),
      { numRuns: 1000 },
    );
  });

  it("of 64 KiB is read in linear time, whatever it repeats", async () => {
    for (const start of [
      "",
      ...odd,
      "$x = @{",
      "botocore - DEBUG\n",
      "info:\nhttp:\n",
    ]) {
      for (const part of odd) {
        await growsLinearly(
          (length) =>
            readPasted(start + part.repeat(Math.ceil(length / part.length))),
          64 * 1024,
          JSON.stringify(start + part),
        );
      }
    }
  });
});
