import { useTexts } from "../language/language-context.tsx";

/** A way to work that begins with what was pasted, until that is read. */
export function WhileReading({ title }: { readonly title: string }) {
  const { paste } = useTexts();
  return (
    <main className="inspector">
      <section className="ask">
        <h2>{title}</h2>
        <p role="status">{paste.reading}</p>
      </section>
    </main>
  );
}
