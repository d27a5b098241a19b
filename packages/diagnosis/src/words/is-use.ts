/** Whether an event is the use of what can be used once: what came back after it is used up, and its grant may live. */
export const isUse = (event: string | null): boolean =>
  event === "token.refreshed" ||
  event === "token.reused" ||
  event === "code.redeemed";
