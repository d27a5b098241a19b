/** assay help CODE: the page of a reason or a cause. assay help guides/NAME: a guide. */
import { rowLines } from "@assay/diagnosis";
import {
  definitionOf,
  GUIDES,
  introduction,
  pageLines,
  type Kind,
} from "@assay/handbook";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { readCatalogue, readPageOf } from "../handbook-files.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Topic {
  /** What is typed for it. */
  readonly code: string;
  readonly kind: Kind;
  /** The step of a reason, the actor of a cause. */
  readonly owner: string;
}

const { reasons, causes } = readCatalogue();

const TOPICS: readonly Topic[] = [
  ...reasons.map(([code = "", owner = ""]) => ({
    code,
    kind: "reasons" as const,
    owner,
  })),
  ...causes.map(([code = "", owner = ""]) => ({
    code,
    kind: "causes" as const,
    owner,
  })),
  ...GUIDES.map((name) => ({
    code: `guides/${name}`,
    kind: "guides" as const,
    owner: "",
  })),
];

/** All that can be asked for. */
export const CODES: readonly string[] = TOPICS.map(({ code }) => code);

/** Wider than the longest code. */
const LABEL_WIDTH = 34;

export async function helpCode(
  code: string,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { width } = terminal;
  const topic = TOPICS.find((known) => known.code === code);
  const lines = topic
    ? await explained(topic, width)
    : await listed(code.replace(/[./]$/, ""), width);
  if (lines.length === 0) throw unknown(code);
  await terminal.write(`${lines.join("\n")}\n`);
  return EXIT.accepted;
}

/** What it is, its definition, and the page. */
async function explained(
  topic: Topic,
  width: number,
): Promise<readonly string[]> {
  const paragraph = (text: string): readonly string[] =>
    rowLines({ label: "", text }, width, 0);
  const { code, kind, owner } = topic;
  const name = code.split("/").at(-1) ?? "";
  const page = await readPageOf(kind, name);
  const intro = introduction(kind, name, owner);
  const meaning = definitionOf(code);
  const parts = [
    paragraph(intro === null ? page.title : `${code}: ${lowerFirst(intro)}`),
    ...(meaning === null ? [] : [paragraph(meaning)]),
    pageLines(page, width),
    ...(page.see.length === 0
      ? []
      : [paragraph(`See also: ${page.see.join(", ")}`)]),
  ];
  return parts.flatMap((part, i) => (i === 0 ? part : ["", ...part]));
}

/** A family, a line each. */
async function listed(
  family: string,
  width: number,
): Promise<readonly string[]> {
  const topics = TOPICS.filter(
    ({ code }) => code.match(/^\w+/)?.[0] === family,
  );
  const rows = topics.map(async ({ code, kind }) =>
    rowLines(
      {
        label: code,
        text:
          definitionOf(code) ??
          (await readPageOf(kind, code.split("/").at(-1) ?? "")).title,
      },
      width,
      LABEL_WIDTH,
    ),
  );
  return (await Promise.all(rows)).flat();
}

const lowerFirst = (text: string): string =>
  text.charAt(0).toLowerCase() + text.slice(1);

function unknown(code: string): UsageError {
  const word = code.split(/[./]/).at(-1) ?? "";
  const near =
    word === ""
      ? undefined
      : CODES.find(
          (known) =>
            known.includes(word) ||
            word.includes(known.split(/[./]/)[1] as string),
        );
  return new UsageError(
    `expected a command, a reason, a cause or a guide, found “${code.slice(0, 80)}”`,
    `assay help ${near ?? "signature.mismatch"}`,
  );
}
