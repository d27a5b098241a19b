/** "50.0 MiB", in German "50,0 MiB": of so many bytes. `language` as BCP 47 names it. */
export const mebibytes = (bytes: number, language: string): string =>
  `${new Intl.NumberFormat(language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(bytes / 1_048_576)} MiB`;
