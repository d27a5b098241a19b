/** The colours of both themes against their ground: AAA for text (WCAG 2.2, 1.4.6), 3 to 1 for what bounds a field (1.4.11). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const css = readFileSync(
  new URL("../src/colours.css", import.meta.url),
  "utf8",
);

type Theme = "light" | "dark";

const coloursOf = (theme: Theme): ReadonlyMap<string, string> => {
  const found = css.matchAll(
    /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g,
  );
  return new Map(
    [...found].map(([, name = "", light = "", dark = ""]) => [
      name,
      theme === "light" ? light : dark,
    ]),
  );
};

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted(
    (x, y) => y - x,
  );
  return (light + 0.05) / (dark + 0.05);
};

for (const theme of ["light", "dark"] as const) {
  describe(`the ${theme} theme`, () => {
    const colours = coloursOf(theme);
    const colour = (name: string): string => {
      const value = colours.get(name);
      assert.ok(value, `there is no colour ${name}`);
      return value;
    };
    const texts = ["ink", "quiet", "accent", "passed", "failed", "undecided"];
    for (const text of texts) {
      it(`${text} is read on paper and in fields`, () => {
        for (const ground of ["paper", "field"])
          assert.ok(contrast(colour(text), colour(ground)) >= 7);
      });
    }
    it("the decisive cell is read", () => {
      for (const ground of ["failed", "undecided"])
        assert.ok(contrast(colour("on-verdict"), colour(ground)) >= 7);
    });
    it("a field's border is seen", () => {
      assert.ok(contrast(colour("line-strong"), colour("paper")) >= 3);
    });
  });
}
