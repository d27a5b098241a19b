const FORMAT = new Intl.NumberFormat("de");

/** "3.000": dots between the thousands. */
export const figure = (count: number): string => FORMAT.format(count);

/** "1 Teil", "3 Teile". */
export const counted = (count: number, one: string, many: string): string =>
  `${figure(count)} ${count === 1 ? one : many}`;
