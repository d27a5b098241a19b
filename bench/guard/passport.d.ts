/** The part of passport and passport-jwt that is measured: the packages bring no types. */
declare module "passport" {
  import type { RequestHandler } from "express";

  const passport: {
    use(strategy: object): void;
    authenticate(
      name: string,
      options: { readonly session: boolean },
    ): RequestHandler;
  };
  export default passport;
}

declare module "passport-jwt" {
  import type { IncomingMessage } from "node:http";

  export const ExtractJwt: {
    fromAuthHeaderAsBearerToken(): (request: IncomingMessage) => string | null;
  };

  export const Strategy: new (
    options: {
      readonly jwtFromRequest: (request: IncomingMessage) => string | null;
      readonly secretOrKey: string;
      readonly issuer: string;
      readonly audience: string;
      readonly algorithms: readonly string[];
    },
    verify: (
      claims: { readonly sub: string },
      done: (error: null, user: { readonly sub: string }) => void,
    ) => void,
  ) => object;
}
