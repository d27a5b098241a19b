/** Why a connection to the feed is of no use. What was told before stays true. */
export class FeedFault extends Error {
  override readonly name = "FeedFault";
  /** The number to resume from is of no use either: the next connection asks for everything. */
  readonly startsAnew: boolean;
  /** Seconds before which the server does not want to be asked again; null: it did not say. */
  readonly retryAfter: number | null;
  /** The server does not want us at all, as far as it knows now. */
  readonly isRefusal: boolean;

  constructor(
    message: string,
    {
      startsAnew = false,
      retryAfter = null,
      isRefusal = false,
    }: {
      readonly startsAnew?: boolean;
      readonly retryAfter?: number | null;
      readonly isRefusal?: boolean;
    } = {},
  ) {
    super(message);
    this.startsAnew = startsAnew;
    this.retryAfter = retryAfter;
    this.isRefusal = isRefusal;
  }
}
