import { addressOfPage } from "../../address.ts";
import { useTexts } from "../../language/language-context.tsx";
import { allPages } from "./page-store.ts";

const KINDS = ["guides", "reasons", "causes"] as const;

/** All pages by kind: guides first, because they are where one begins. */
export function PageList() {
  const { handbook } = useTexts();
  const pages = allPages();
  return (
    <>
      <h2 tabIndex={-1}>{handbook.title}</h2>
      {KINDS.map((kind) => (
        <section key={kind}>
          <h3>{handbook[kind]}</h3>
          <ul className="links" lang="en">
            {pages
              .filter((page) => page.kind === kind)
              .map(({ address, name, title }) => (
                <li key={address}>
                  <a href={addressOfPage(address)}>{title}</a>{" "}
                  {kind !== "guides" && <code className="quiet">{name}</code>}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}
