/** The server cannot start as it was asked to. The message says what was expected and what was found; `tryInstead` is a command that would work. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly tryInstead: string | null;

  constructor(
    message: string,
    tryInstead: string | null = null,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.tryInstead = tryInstead;
  }
}
