import { addressOfMode } from "../../address.ts";
import { useTexts } from "../../language/language-context.tsx";

/** The empty page teaches the next step. */
export function NothingYet() {
  const { nothingYet } = useTexts();
  return (
    <div className="nothing-yet">
      <h2>{nothingYet.title}</h2>
      <ul>
        {nothingYet.forms.map((form) => (
          <li key={form}>{form}</li>
        ))}
      </ul>
      <p>{nothingYet.next}</p>
      <p>
        <a href={addressOfMode("tour")}>{nothingYet.tour}</a>
      </p>
    </div>
  );
}
