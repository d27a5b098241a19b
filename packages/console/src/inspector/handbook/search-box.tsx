import { openSearch, type Search } from "@assay/handbook/search";
import { useDeferredValue, useRef, useState } from "react";
import { addressOfPage } from "../../address.ts";
import { useTexts } from "../../language/language-context.tsx";
import { searchEntries } from "./page-store.ts";

/** Searches the pages that are in this document. The index is made when somebody first types. `onSame`: the page that is open was chosen. */
export function SearchBox({ onSame }: { readonly onSame: () => void }) {
  const { handbook } = useTexts();
  const search = useRef<Search>(null);
  const [typed, setTyped] = useState("");
  const text = useDeferredValue(typed);
  const found =
    text.trim() === ""
      ? null
      : (search.current ??= openSearch(searchEntries()))(text);
  return (
    <search>
      <input
        type="search"
        aria-label={handbook.search}
        placeholder={`${handbook.search}: ${handbook.hint}`}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <div role="status" className="quiet small">
        {found && handbook.found(found.length)}
      </div>
      {found && found.length > 0 && (
        <ul className="links found" lang="en">
          {found.map(({ address, name, title }) => (
            <li key={address}>
              <a
                href={addressOfPage(address)}
                onClick={({ currentTarget }) => {
                  setTyped("");
                  // The page that is open already is no new address.
                  if (currentTarget.hash === location.hash) onSame();
                }}
              >
                {title}
              </a>{" "}
              {!address.startsWith("guides/") && (
                <code className="quiet">{name}</code>
              )}
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
