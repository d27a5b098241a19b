import { CAUSE_DEFINITIONS, REASON_DEFINITIONS } from "@assay/diagnosis";
import { useId } from "react";

const DEFINITIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...REASON_DEFINITIONS, ...CAUSE_DEFINITIONS }),
);

/** The code of a reason or cause, in small type; it opens what the code means. */
export function CodeName({ code }: { readonly code: string }) {
  const id = useId();
  const definition = DEFINITIONS.get(code);
  if (definition === undefined) return <code className="code">{code}</code>;
  return (
    <span className="code-name">
      <button type="button" className="code" popoverTarget={id}>
        <code>{code}</code>
      </button>
      <span id={id} popover="auto" className="definition">
        <code>{code}</code>
        <span>{definition}</span>
      </span>
    </span>
  );
}
