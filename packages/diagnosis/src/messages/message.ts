/** What a row of the table of messages holds. */
import type { Reason } from "@assay/token";
import type { Heard } from "./heard-facts.ts";

/** One message, and what it can mean. A message is weak evidence: what it makes likely is never certain. */
export interface Message {
  /** Whose words they are. */
  readonly product: string;
  /** Unmistakable words of it. Linear: no repetition without a bound beside another one that could take the same text. */
  readonly pattern: RegExp;
  /** The reasons that it can mean; the first is the one that is reported. */
  readonly reasons: readonly [Reason, ...Reason[]];
  /**
   * The product gives this message for so many reasons that none can be reported: it is heard only where nothing else is known, and then
   * nothing is decided, unless the first of them is that no token came.
   */
  readonly open?: true;
  /** Causes that it makes likely, then those that it leaves possible. Without both: the usual ones of its reasons. */
  readonly likely?: readonly Heard[];
  readonly possible?: readonly Heard[];
  /** Where the words come from: a file of the product's source, its manual, or a report of somebody who met them. */
  readonly source: string;
}

type Row = Omit<Message, "product">;

/** Rows of one product. */
export const messagesOf = (
  product: string,
  rows: readonly Row[],
): readonly Message[] => rows.map((row) => ({ product, ...row }));
