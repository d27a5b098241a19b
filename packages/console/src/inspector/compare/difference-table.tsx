import { safeJson, visible } from "@assay/diagnosis";
import { useState } from "react";
import { useLanguage } from "../../language/language-context.tsx";
import { CopyButton } from "../answer/copy-button.tsx";
import type { Difference } from "./differences.ts";

const LONGEST = 400;

/** The differences, what was lost first. What is the same is folded. */
export function DifferenceTable({
  rows,
}: {
  readonly rows: readonly Difference[];
}) {
  const { texts } = useLanguage();
  const { answer, compare } = texts;
  const [all, setAll] = useState(false);
  const same = rows.filter(({ kind }) => kind === "same");
  const shown = all ? rows : rows.filter(({ kind }) => kind !== "same");
  return (
    <>
      {shown.length > 0 && (
        <table className="differences" aria-label={compare.label}>
          <thead>
            <tr>
              {compare.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={`${row.part} ${row.name}`} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <CopyButton
        label={answer.copyTable(compare.label)}
        done={answer.copiedTable}
        text={safeJson(shown, 2)}
      />
      {same.length > 0 && (
        <p>
          <button
            type="button"
            className="word-button small"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {compare.same(same.length)}
          </button>
        </p>
      )}
    </>
  );
}

function Row({ row }: { readonly row: Difference }) {
  const { texts, diagnosis } = useLanguage();
  const { compare, edit } = texts;
  const { part, name, kind, bySeconds, lost, gained } = row;
  const notes =
    kind !== "changed"
      ? []
      : [
          bySeconds !== null &&
            bySeconds !== 0 &&
            (bySeconds > 0 ? compare.later : compare.earlier)(
              diagnosis.duration(bySeconds),
            ),
          bySeconds === null && lost.length > 0 && compare.lost(named(lost)),
          bySeconds === null &&
            gained.length > 0 &&
            compare.gained(named(gained)),
        ].filter((note) => typeof note === "string");
  return (
    <tr className={`difference-${kind}`}>
      <th scope="row">
        <code>{visible(name.slice(0, 64))}</code>{" "}
        {part === "header" && (
          <span className="quiet small">{edit.header}</span>
        )}
      </th>
      <td>
        {compare.kinds[kind]}
        {notes.map((note) => (
          <span key={note} className="note">
            {note}
          </span>
        ))}
      </td>
      <td>{shownValue(row.first)}</td>
      <td>{shownValue(row.second)}</td>
    </tr>
  );
}

const named = (items: readonly string[]): string =>
  items.slice(0, 8).map(visible).join(", ").slice(0, LONGEST);

function shownValue(value: unknown) {
  if (value === undefined) return <span className="quiet">–</span>;
  const text = safeJson(value);
  return (
    <code>{text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`}</code>
  );
}
