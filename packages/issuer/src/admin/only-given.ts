/** The members that were given: undefined is as good as none. */
export const onlyGiven = <Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as { [Name in keyof Members]?: Exclude<Members[Name], undefined> };
