import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { MasterKey, MasterSecret } from "../master-key.ts";
import { SenderMarks } from "./sender-mark.ts";

const master = (): MasterKey =>
  new MasterKey(
    [new MasterSecret(randomBytes(32))],
    randomBytes(32),
    randomBytes,
  );

describe("marks of senders", () => {
  const marks = new SenderMarks(master());

  it("are the same for one network, and hold nothing of the address", () => {
    const mark = marks.network("2001:db8:1:2:aaaa::1");
    assert.equal(mark, marks.network("2001:db8:1:2:bbbb::9"));
    assert.notEqual(mark, marks.network("2001:db8:1:3::1"));
    assert.equal(
      marks.network("::ffff:203.0.113.7"),
      marks.network("203.0.113.7"),
    );
    assert.match(mark ?? "", /^[\w-]{22}$/);
  });

  it("say nothing where nothing is known", () => {
    assert.equal(marks.network(null), null);
    assert.equal(marks.network(""), null);
    assert.equal(marks.agent(null), null);
    assert.equal(marks.agent(""), null);
  });

  it("keep networks and agents apart, and differ under another master key", () => {
    assert.notEqual(marks.agent("10.0.0.1"), marks.network("10.0.0.1"));
    const other = new SenderMarks(master());
    assert.notEqual(marks.network("10.0.0.1"), other.network("10.0.0.1"));
    assert.notEqual(marks.agent("curl/8"), other.agent("curl/8"));
  });
});
