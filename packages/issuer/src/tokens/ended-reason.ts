/** The reason of the catalogue for what ended an access token. A point in time that was set for all counts as one for the subject, as in a history (docs/contract/diagnosis.md). */
import type { Reason } from "@assay/token";
import type { EndedBy } from "../store/records.ts";

export const ENDED_REASON: Readonly<
  Record<EndedBy, Extract<Reason, `revocation.${string}`>>
> = {
  token: "revocation.token",
  grant: "revocation.grant",
  subject: "revocation.subject",
  client: "revocation.client",
  key: "revocation.key",
  all: "revocation.subject",
};
