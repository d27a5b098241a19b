/** The part of oidc-provider that is measured, and that tests speak with: the package brings no types. */
declare module "oidc-provider" {
  import type { RequestListener, Server } from "node:http";

  export interface AdapterPayload {
    readonly grantId?: string;
    consumed?: number;
  }

  export interface Configuration {
    readonly findAccount: (context: unknown, id: string) => Promise<unknown>;
    readonly features: {
      readonly resourceIndicators: {
        readonly getResourceServerInfo: (
          context: unknown,
          resource: string,
        ) => Promise<unknown>;
        readonly [name: string]: unknown;
      };
      readonly [name: string]: unknown;
    };
    readonly [name: string]: unknown;
  }

  interface Kept {
    save(): Promise<string>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    listen(port: number, host: string): Server;
    callback(): RequestListener;
    readonly Client: { find(clientId: string): Promise<object | undefined> };
    readonly Grant: new (of: {
      readonly accountId: string;
      readonly clientId: string;
    }) => Kept & {
      addResourceScope(resource: string, scope: string): void;
      addOIDCScope(scope: string): void;
    };
    readonly RefreshToken: new (of: object) => Kept;
    readonly ClientCredentials: new (of: object) => Kept;
  }
}
