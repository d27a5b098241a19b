import { addressOfPage } from "../../address.ts";
import { addressOfCode } from "../handbook/page-store.ts";

/** The code of a reason or cause, in small type; it leads to its page in the handbook. */
export function CodeName({ code }: { readonly code: string }) {
  const page = addressOfCode(code);
  const name = <code>{code}</code>;
  return page === null ? (
    <span className="code">{name}</span>
  ) : (
    <a className="code" href={addressOfPage(page)}>
      {name}
    </a>
  );
}
