/** Names of journal entries: 48 bits of time and 80 random bits, so that the order of names is the order of events to the millisecond. */
export function entryId(
  at: number,
  random: (bytes: number) => Uint8Array,
): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0");
  return time + Buffer.from(random(10)).toString("hex");
}
