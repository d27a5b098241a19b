/** The bed of clients, and an issuer over its store, which keeps its clock. */
import { pino } from "pino";
import { createIssuer, type Issuer } from "../src/create-issuer.ts";
import { ISSUER, openClientBed, type ClientBed } from "./client-bed.ts";

export interface IssuerBed extends ClientBed {
  readonly issuer: Issuer;
}

export async function openIssuerBed(): Promise<IssuerBed> {
  const bed = await openClientBed();
  const issuer = await createIssuer({
    issuer: ISSUER,
    store: bed.store,
    masterKeys: [bed.masterSecret],
    clock: () => bed.now,
    logger: pino({ level: "silent" }),
  });
  const closeClients = bed.close.bind(bed);
  return Object.assign(bed, {
    issuer,
    close: async () => {
      await issuer.close();
      await closeClients();
    },
  });
}
