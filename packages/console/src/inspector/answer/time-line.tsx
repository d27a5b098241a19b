import type { Mark } from "@assay/diagnosis";
import { useLanguage } from "../../language/language-context.tsx";
import { placeMoments } from "./time-places.ts";

/** Least distance of two names on the line, as a part of its length. */
const GAP = 0.14;
const START = 5;
const LENGTH = 90;

/** The times that the token says and the clock that judges, drawn on one line; below it the same in words. */
export function TimeLine({ marks }: { readonly marks: readonly Mark[] }) {
  const { texts, tag } = useLanguage();
  if (marks.length < 2) return null;
  const { places, toScale } = placeMoments(
    marks.map(({ at }) => at),
    GAP,
  );
  const x = (place: number): string => `${START + place * LENGTH}%`;
  const xOf = (mark: Mark): string => x(places[marks.indexOf(mark)] ?? 0);
  const named = (what: Mark["what"]): Mark | undefined =>
    marks.find((mark) => mark.what === what);
  const begins = named("nbf") ?? named("iat");
  const ends = named("exp");
  return (
    <section className="time" aria-label={texts.answer.time}>
      <svg width="100%" height="44" role="img" aria-label={inWords(marks)}>
        <line x1={x(0)} x2={x(1)} y1="14" y2="14" className="time-axis" />
        {begins && ends && begins.at < ends.at && (
          <line
            x1={xOf(begins)}
            x2={xOf(ends)}
            y1="14"
            y2="14"
            className="time-valid"
          />
        )}
        {marks.map(({ what }, i) => (
          <circle
            key={what}
            cx={x(places[i] ?? 0)}
            cy="14"
            r="5"
            className={`time-mark time-${what}`}
          />
        ))}
        {marks.map(({ what }, i) =>
          // Of several in one place, one writes the names of all.
          places.indexOf(places[i] ?? 0) === i ? (
            <text key={what} x={x(places[i] ?? 0)} y="38" textAnchor="middle">
              {namesAt(marks, places, i)}
            </text>
          ) : null,
        )}
      </svg>
      <ul className="times small">
        {marks.map(({ what, words, moment, at }) => (
          <li key={what}>
            <code>{what}</code> {what === "now" ? "" : `${words}, `}
            <time title={localTime(at, tag)}>{moment}</time>
          </li>
        ))}
        {!toScale && <li className="quiet">{texts.answer.notToScale}</li>}
      </ul>
    </section>
  );
}

const inWords = (marks: readonly Mark[]): string =>
  marks
    .map(({ what, words, moment }) =>
      what === "now" ? `${words}, ${moment}` : `${what}: ${words}, ${moment}`,
    )
    .join("; ");

const namesAt = (
  marks: readonly Mark[],
  places: readonly number[],
  at: number,
): string =>
  marks
    .filter((_, i) => places[i] === places[at])
    .map(({ what }) => what)
    .join(", ");

/** In the reader's zone; nothing for a number that no calendar holds. */
function localTime(at: number, tag: string): string | undefined {
  const date = new Date(at * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toLocaleString(tag);
}
