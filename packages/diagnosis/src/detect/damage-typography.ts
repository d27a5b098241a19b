import { repaired, type Repair } from "./damage-repair.ts";

/** Hyphens that a word processor or a chat put in place of "-"; a long dash stands for two. */
const DASHES = /[\u2010-\u2013\u2212\uFE63\uFF0D]/g;

/** Undoes automatic typography: the characters of the token were replaced. */
export const restoreDashes: Repair = (text) => {
  if (!/[\u2010-\u2014\u2212\uFE63\uFF0D]/.test(text)) return null;
  return repaired(
    text,
    text.replace(DASHES, "-").replaceAll("\u2014", "--"),
    "token.altered",
    { changed: ["hyphens (automatic typography)"], by: "re_encoding" },
  );
};
