import { useCallback, useEffect, useState, type ReactNode } from "react";
import { addressOfMode, readAddress, useHash, type Mode } from "./address.ts";
import { Compare } from "./inspector/compare/compare.tsx";
import { EditAndSign } from "./inspector/edit/edit-and-sign.tsx";
import { HandbookPanel } from "./inspector/handbook/handbook-panel.tsx";
import { exampleOf } from "./inspector/handbook/page-store.ts";
import { Inspector } from "./inspector/inspector.tsx";
import { Tour } from "./inspector/tour/tour.tsx";
import { useAsking, type Asking } from "./inspector/use-asking.ts";
import { InsecureNotice } from "./insecure-notice.tsx";
import { Masthead } from "./masthead.tsx";

/** The page: one way to work at a time, and the handbook beside it. What one did in another way is still there when one comes back. */
export function App() {
  const address = readAddress(useHash());
  const [mode, setMode] = useState<Mode>(
    "mode" in address ? address.mode : "inspect",
  );
  const [begun, setBegun] = useState<readonly Mode[]>([mode]);
  if ("mode" in address && address.mode !== mode) setMode(address.mode);
  if (!begun.includes(mode)) setBegun([...begun, mode]);

  const asking = useAsking();
  const editing = useWhileShown(asking, mode === "edit");
  useExamples(asking, "example" in address ? address.example : null);

  const closeHandbook = useCallback(() => {
    // Back leads to what was there before, not to the page that was closed.
    location.replace(addressOfMode(mode));
  }, [mode]);

  const way = (of: Mode, children: ReactNode) =>
    begun.includes(of) && (
      <div key={of} hidden={of !== mode}>
        {children}
      </div>
    );

  if (!isSecureContext)
    return (
      <>
        <Masthead mode={mode} />
        <InsecureNotice />
      </>
    );
  return (
    <>
      <Masthead mode={mode} />
      {way("inspect", <Inspector asking={asking} />)}
      {way("edit", <EditAndSign key={editing.id} asking={editing.asking} />)}
      {way("compare", <Compare asking={asking} />)}
      {way("tour", <Tour />)}
      <HandbookPanel
        page={"page" in address ? address.page : null}
        onClose={closeHandbook}
      />
    </>
  );
}

/** What was asked when it was shown last: it begins anew when something else is asked since, and not while it cannot be seen. */
function useWhileShown(
  asking: Asking,
  shown: boolean,
): { readonly asking: Asking; readonly id: number } {
  const [seen, setSeen] = useState({ asking, id: 0 });
  const { text, request, form } = seen.asking;
  if (
    shown &&
    (text !== asking.text || request !== asking.request || form !== asking.form)
  ) {
    const next = { asking, id: seen.id + 1 };
    setSeen(next);
    return next;
  }
  return seen;
}

/** The example of a page is shown in the inspector. */
function useExamples({ show }: Asking, wanted: string | null): void {
  useEffect(() => {
    if (wanted === null) return;
    const example = exampleOf(wanted);
    if (example !== null) show(example);
    location.replace(addressOfMode("inspect"));
  }, [wanted, show]);
}
