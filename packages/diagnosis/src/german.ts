/** @assay/diagnosis/german: the German language of an answer, for `render`, `report` and their like. Nothing else loads it. */
export { GERMAN } from "./words/german/german.ts";
