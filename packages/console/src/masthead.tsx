import { addressOfMode, MODES, type Mode } from "./address.ts";
import { LanguageSwitch } from "./language/language-switch.tsx";
import { useLanguage } from "./language/language-context.tsx";
import { SERVED } from "./served.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

export function Masthead({ mode }: { readonly mode: Mode }) {
  const { texts, tag } = useLanguage();
  const { question, modes, skip, startPage } = texts;
  return (
    <header className="masthead">
      <button
        type="button"
        className="skip"
        onClick={() =>
          document
            .querySelector<HTMLElement>("div:not([hidden]) > main .answer")
            ?.focus()
        }
      >
        {skip}
      </button>
      <h1>
        {SERVED ? (
          <a href={tag === "de" ? "/de" : "/"} title={startPage}>
            Assay
          </a>
        ) : (
          "Assay"
        )}{" "}
        <span className="quiet">{question}</span>
      </h1>
      <nav aria-label={modes.label}>
        {MODES.map((one) => (
          <a
            key={one}
            href={addressOfMode(one)}
            aria-current={one === mode ? "page" : undefined}
          >
            {modes[one]}
          </a>
        ))}
        <a href="#/handbook">{modes.handbook}</a>
      </nav>
      <div className="switches">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  );
}
