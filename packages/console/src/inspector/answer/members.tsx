import { safeJson, visible } from "@assay/diagnosis";
import { useTexts } from "../../language/language-context.tsx";
import { CopyButton } from "./copy-button.tsx";
import type { Remark } from "./remarks.ts";

interface Props {
  /** "Header", and how it is called here: "Header, not trusted". */
  readonly name: string;
  readonly title: string;
  readonly members: object;
  readonly meanings: Readonly<Record<string, string>>;
  /** What is odd, by the member's name. */
  readonly remarks: ReadonlyMap<string, readonly Remark[]>;
  /** Whether the rows are shown from the start. */
  readonly open: boolean;
}

/** More rows and longer values would only slow the page down. */
const MOST_ROWS = 200;
const LONGEST = 1000;

/** Header or claims: name, value, what it means and what is odd about it. All of it is what the token says, made safe to show. */
export function Members({
  name: of,
  title,
  members,
  meanings,
  remarks,
  open,
}: Props) {
  const { answer: words } = useTexts();
  const all = Object.entries(members);
  return (
    <details className="members" open={open}>
      <summary>
        {title}
        <span className="quiet"> {words.members(all.length)}</span>
      </summary>
      <table aria-label={title}>
        <thead className="unseen">
          <tr>
            {words.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.slice(0, MOST_ROWS).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <code>{visible(name.slice(0, 64))}</code>
              </th>
              <td>
                <code>{shortened(safeJson(value), words.characters)}</code>
              </td>
              <td>
                {Object.hasOwn(meanings, name) && meanings[name]}
                {remarks.get(name)?.map(({ says, refuses }) => (
                  <span
                    key={says}
                    className={refuses ? "remark remark-refuses" : "remark"}
                  >
                    {says}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <CopyButton
        label={words.copyTable(of)}
        done={words.copiedTable}
        text={safeJson(members, 2)}
      />
      {all.length > MOST_ROWS && (
        <p className="quiet small">{words.notShown(all.length - MOST_ROWS)}</p>
      )}
    </details>
  );
}

const shortened = (
  text: string,
  characters: (count: number) => string,
): string =>
  text.length <= LONGEST
    ? text
    : `${text.slice(0, LONGEST)}… (${characters(text.length)})`;
