import type { Report } from "@assay/diagnosis";

type Mark = Report["timeline"][number];

const WIDTH = 640;
const MARGIN = 40;

/** The times of the token and the clock on one line, drawn; the same in words below it. */
export function TimeLine({ marks }: { readonly marks: readonly Mark[] }) {
  const known = marks.filter(({ at }) => Number.isFinite(at));
  if (known.length < 2) return null;
  const times = known.map(({ at }) => at);
  const first = Math.min(...times);
  const span = Math.max(...times) - first || 1;
  const x = (at: number): number => MARGIN + ((at - first) / span) * (WIDTH - 2 * MARGIN);
  return (
    <section className="time" aria-label="Time">
      <h3>Time</h3>
      <svg viewBox={`0 0 ${WIDTH} 56`} role="img" aria-label={known.map(({ what, words, moment }) => `${what}: ${words}, ${moment}`).join("; ")}>
        <line x1={MARGIN} x2={WIDTH - MARGIN} y1="28" y2="28" className="time-axis" />
        {known.map(({ what, at }, i) => (
          <g key={what} className={what === "now" ? "time-now" : "time-mark"}>
            <circle cx={x(at)} cy="28" r="5" />
            <text x={x(at)} y={i % 2 === 0 ? 16 : 50} textAnchor="middle">
              {what}
            </text>
          </g>
        ))}
      </svg>
      <ul>
        {known.map(({ what, words, moment }) => (
          <li key={what}>
            <code>{what}</code> {words} <span className="quiet">({moment})</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
