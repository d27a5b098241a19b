/** What the modules of the FAPI 2.0 Security Profile start from: a client as it wants them, and the key of its proofs. */
import { openBed, type Bed } from "./bed.ts";
import { DpopKey } from "./dpop-key.ts";
import type { RelyingParty } from "./relying-party.ts";

export const FAPI2 = "fapi2-security-profile-final";

export interface Fapi2Bed {
  readonly bed: Bed;
  readonly party: RelyingParty;
  readonly key: DpopKey;
}

export async function openFapi2Bed(): Promise<Fapi2Bed> {
  const bed = await openBed();
  return {
    bed,
    party: await bed.registerFapi("fapi"),
    key: await DpopKey.make(),
  };
}
