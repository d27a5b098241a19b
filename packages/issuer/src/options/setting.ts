/** One setting of the server. */
export interface Setting<T> {
  /** What it is for: one or two sentences, for the documentation. */
  readonly about: string;
  /** What it takes, for an error and for the documentation. */
  readonly takes: string;
  /** null: not on the command line, which every user of the machine can read. */
  readonly flag: string | null;
  readonly variable: string;
  readonly fallback: T;
  /** How the default is written in the documentation, where it is not the text of the value. */
  readonly fallbackText?: string;
  /** undefined: not what it takes. Of a file or an option that is no text, its text is given. */
  readonly parse: (text: string) => T | undefined;
}

/** A setting that the command line may give too: the variable has the flag's name. With the prefix ASSAY_, --code-seconds is ASSAY_CODE_SECONDS. */
export const flaggedUnder =
  (prefix: string) =>
  <T>(
    flag: string,
    setting: Omit<Setting<T>, "flag" | "variable">,
  ): Setting<T> => ({
    ...setting,
    flag,
    variable: prefix + flag.slice(2).toUpperCase().replaceAll("-", "_"),
  });
