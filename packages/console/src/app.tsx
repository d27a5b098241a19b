import { useCallback, useEffect, useState } from "react";
import { addressOfMode, readAddress, useHash, type Mode } from "./address.ts";
import { Compare } from "./inspector/compare/compare.tsx";
import { EditAndSign } from "./inspector/edit/edit-and-sign.tsx";
import { exampleOf } from "./inspector/handbook/page-store.ts";
import { HandbookPanel } from "./inspector/handbook/handbook-panel.tsx";
import { Inspector } from "./inspector/inspector.tsx";
import { useAsking } from "./inspector/use-asking.ts";
import { Tour } from "./inspector/tour/tour.tsx";
import { Masthead } from "./masthead.tsx";

/** The page: one way to work at a time, and the handbook beside it. What was pasted stays when one goes to another and comes back. */
export function App() {
  const address = readAddress(useHash());
  const [mode, setMode] = useState<Mode>(
    "mode" in address ? address.mode : "inspect",
  );
  if ("mode" in address && address.mode !== mode) setMode(address.mode);

  const asking = useAsking();
  const { show } = asking;
  const wanted = "example" in address ? address.example : null;
  useEffect(() => {
    if (wanted === null) return;
    const example = exampleOf(wanted);
    if (example !== null) show(example);
    location.replace(addressOfMode("inspect"));
  }, [wanted, show]);

  const closeHandbook = useCallback(() => {
    location.hash = addressOfMode(mode);
  }, [mode]);

  return (
    <>
      <Masthead mode={mode} />
      {mode === "inspect" && <Inspector asking={asking} />}
      {mode === "edit" && <EditAndSign pasted={asking.text} />}
      {mode === "compare" && <Compare pasted={asking.text} />}
      {mode === "tour" && <Tour />}
      <HandbookPanel
        page={"page" in address ? address.page : null}
        onClose={closeHandbook}
      />
    </>
  );
}
