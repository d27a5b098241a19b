/** Arguments or input that cannot be used. Says what was expected, what was found, and a command that would work. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly tryInstead: string | null;

  constructor(message: string, tryInstead: string | null = null) {
    super(message);
    this.tryInstead = tryInstead;
  }
}
