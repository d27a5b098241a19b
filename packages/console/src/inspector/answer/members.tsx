import { safeJson, visible } from "@assay/diagnosis";

interface Props {
  readonly title: string;
  readonly members: object;
  readonly meanings: ReadonlyMap<string, string>;
  /** What is odd, by the member's name. */
  readonly remarks: ReadonlyMap<string, string>;
  /** Whether the rows are shown from the start. */
  readonly open: boolean;
}

/** More rows and longer values would only slow the page down. */
const MOST_ROWS = 200;
const LONGEST = 1000;

/** Header or claims: name, value, what it means and what is odd about it. All of it is what the token says, made safe to show. */
export function Members({ title, members, meanings, remarks, open }: Props) {
  const all = Object.entries(members);
  return (
    <details className="members" open={open}>
      <summary>
        {title}
        <span className="quiet">
          {" "}
          {all.length === 1 ? "1 member" : `${all.length} members`}
        </span>
      </summary>
      <table aria-label={title}>
        <thead className="unseen">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, MOST_ROWS).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <code>{visible(name.slice(0, 64))}</code>
              </th>
              <td>
                <code>{shortened(safeJson(value))}</code>
              </td>
              <td>
                {meanings.get(name)}
                {remarks.has(name) && (
                  <strong className="remark">{remarks.get(name)}</strong>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > MOST_ROWS && (
        <p className="quiet small">
          {all.length - MOST_ROWS} more are not shown.
        </p>
      )}
    </details>
  );
}

const shortened = (text: string): string =>
  text.length <= LONGEST
    ? text
    : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
