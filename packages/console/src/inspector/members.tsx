import { safeJson } from "@assay/diagnosis";
import { MEANINGS } from "./meanings.ts";

/** Header or claims: name, value, and what it means. What the token says of itself, made safe to show. */
export function Members({ title, members }: { readonly title: string; readonly members: object | null }) {
  if (!members) return null;
  return (
    <section className="members" aria-label={title}>
      <h3>{title}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(members).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <code>{name.slice(0, 64)}</code>
              </th>
              <td>
                <code>{safeJson(value)}</code>
              </td>
              <td>{MEANINGS.get(name) ?? ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
