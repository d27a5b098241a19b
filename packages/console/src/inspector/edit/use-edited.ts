import { useState } from "react";

/** A value that somebody edits, until another one is to be edited in its place. */
export function useEdited<T extends object | null>(
  first: T,
): readonly [value: T, edit: (value: NonNullable<T>) => void] {
  const [edited, setEdited] = useState<{ of: T; value: T } | null>(null);
  return [
    edited?.of === first ? edited.value : first,
    (value) => setEdited({ of: first, value }),
  ];
}

/** The newest value that was there: while the next one is made, the last one stays. */
export function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
