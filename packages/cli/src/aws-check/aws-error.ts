/** A refusal as AWS says it, before it is written down. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Elements beside Code and Message, of S3. */
  readonly fields?: Readonly<Record<string, string>>;
}

export const forbidden = (code: string, message: string): AwsError => ({
  status: 403,
  code,
  message,
});

export const TOO_LONG =
  "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds";

/** A stranger's text in an answer. */
export const cut = (text: string | null | undefined): string =>
  (text ?? "").slice(0, 128);
