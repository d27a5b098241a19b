/** One answered request, for whoever counts. Never an address, a client or a token: each value makes a series of its own. */
export interface Observation {
  /** Path pattern of the endpoint. */
  readonly endpoint: string;
  readonly status: number;
  readonly seconds: number;
  /** Error code that was answered; null: none. */
  readonly error: string | null;
}

export type Observer = (observation: Observation) => void;
