/** What every grant gets, and what it gives back. */
import type { AuthenticatedClient } from "../clients/authenticate.ts";
import type { Parameters } from "../endpoints/form.ts";
import type { IssuerContext } from "../issuer-context.ts";
import type { Who } from "../journal/journal-writer.ts";

export interface TokenRequest {
  readonly context: IssuerContext;
  readonly form: Parameters;
  readonly client: AuthenticatedClient;
  /** Key that the request proved to hold (DPoP); null: none. */
  readonly jkt: string | null;
  /** Who sends it, for the journal. */
  readonly who: Who;
}

/** RFC 6749 section 5.1. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: "Bearer" | "DPoP";
  readonly expires_in: number;
  readonly scope?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly issued_token_type?: string;
}

export type GrantHandler = (request: TokenRequest) => Promise<TokenAnswer>;
