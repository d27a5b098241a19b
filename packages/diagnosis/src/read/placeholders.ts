/** Variables as Postman and Bruno write them, {{name}}. One without a value stays as it stands: that is what would be sent. */

/** Values put into values make long texts of short ones; what is longer stays unfilled. */
const LONGEST = 256 * 1024;
const DEEPEST = 4;

export function filler(
  values: ReadonlyMap<string, string>,
): (text: string) => string {
  let left = LONGEST;
  return (text) => {
    let filled = text;
    for (let depth = 0; depth < DEEPEST && filled.includes("{{"); depth++) {
      const before = filled;
      filled = filled.replaceAll(
        /\{\{([^{}]{1,200})\}\}/g,
        (whole, name: string) => {
          const value = values.get(name.trim());
          if (value === undefined || value.length > left) return whole;
          left -= value.length;
          return value;
        },
      );
      if (filled === before) break;
    }
    return filled;
  };
}
