/** Whatever was pasted is read: without an exception, and at once. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readInquiry, readPasted } from "@assay/diagnosis";
import fc from "fast-check";

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

  it("of 64 KiB is read at once, whatever it repeats", () => {
    for (const start of [
      "",
      ...odd,
      "$x = @{",
      "botocore - DEBUG\n",
      "info:\nhttp:\n",
    ]) {
      for (const part of odd) {
        const text = start + part.repeat(Math.ceil((64 * 1024) / part.length));
        // Of this process alone: what else the machine does is not judged.
        const began = process.cpuUsage();
        readPasted(text);
        const { user, system } = process.cpuUsage(began);
        const took = (user + system) / 1000;
        assert.ok(took < 250, `${took} ms for ${JSON.stringify(start + part)}`);
      }
    }
  });
});
