import type { Actor } from "@assay/diagnosis";
import { isUndecided, type Reason } from "@assay/token";
import { useEffect, useRef } from "react";
import { addressOfPage } from "../../address.ts";
import { useLanguage } from "../../language/language-context.tsx";
import { SERVED } from "../../served.ts";
import { pageAt, type StoredPage } from "./page-store.ts";

/** One page, with what to read next and its example. Its text is English in every language. */
export function HandbookPage({ page }: { readonly page: StoredPage }) {
  const { texts, diagnosis } = useLanguage();
  const words = texts.handbook;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.replaceChildren(page.content()), [page]);

  return (
    <article>
      <p className="small">
        <a href="#/handbook">{words.back}</a>
      </p>
      <h2 lang="en" tabIndex={-1}>
        {page.title}
      </h2>
      {page.kind !== "guides" && (
        <p className="quiet small">
          <code>{page.name}</code> {introduction()}
        </p>
      )}
      <p className="small page-links">
        {page.hasExample && (
          <a href={`#/example/${page.address}`}>{words.example}</a>
        )}
        {SERVED && (
          <a href={`/${page.address}`} target="_blank" rel="noreferrer">
            {words.asPage}
          </a>
        )}
      </p>
      <div ref={body} className="prose" lang="en" />
      {page.see.length > 0 && (
        <>
          <h3>{words.see}</h3>
          <ul className="links" lang="en">
            {page.see.map((address) => (
              <li key={address}>
                <a href={addressOfPage(address)}>
                  {pageAt(address)?.title ?? address}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );

  function introduction(): string {
    if (page.kind === "causes")
      return words.causeOf(diagnosis.actors[page.belongsTo as Actor]);
    return isUndecided(page.name as Reason)
      ? words.undecidedReasonOf(page.belongsTo)
      : words.reasonOf(page.belongsTo);
  }
}
