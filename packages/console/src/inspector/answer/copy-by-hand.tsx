/** A text that the page may not copy, to be selected. */
export function CopyByHand({
  label,
  text,
}: {
  readonly label: string;
  readonly text: string;
}) {
  return (
    <textarea
      className="by-hand"
      readOnly
      rows={6}
      value={text}
      aria-label={label}
      onFocus={({ currentTarget }) => currentTarget.select()}
    />
  );
}
