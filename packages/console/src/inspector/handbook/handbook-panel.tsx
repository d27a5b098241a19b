import { useCallback, useEffect, useRef } from "react";
import { useTexts } from "../../language/language-context.tsx";
import { HandbookPage } from "./handbook-page.tsx";
import { PageList } from "./page-list.tsx";
import { pageAt } from "./page-store.ts";
import { SearchBox } from "./search-box.tsx";

interface Props {
  /** The address of a page; "": the list of all; null: closed. */
  readonly page: string | null;
  readonly onClose: () => void;
}

/** The handbook beside what one is doing: reading loses nothing that was typed. Escape closes it. */
export function HandbookPanel({ page, onClose }: Props) {
  const { handbook } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const open = page !== null;

  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  const toHeading = useCallback(() => {
    dialog.current?.scrollTo(0, 0);
    top.current?.querySelector<HTMLElement>("h2")?.focus();
  }, []);
  useEffect(() => {
    if (page !== null) toHeading();
  }, [page, toHeading]);

  const shown = page === null || page === "" ? null : pageAt(page);
  return (
    <dialog
      ref={dialog}
      className="handbook"
      aria-label={handbook.title}
      onClose={() => {
        if (open) onClose();
      }}
    >
      <div className="handbook-head">
        <SearchBox onSame={toHeading} />
        <button type="button" className="word-button" onClick={onClose}>
          {handbook.close}
        </button>
      </div>
      <div ref={top}>
        {shown && <HandbookPage page={shown} />}
        {page !== null && !shown && (
          <>
            {page !== "" && <p>{handbook.noPage}</p>}
            <PageList />
          </>
        )}
      </div>
    </dialog>
  );
}
