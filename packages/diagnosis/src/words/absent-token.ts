import type { Facts } from "../causes.ts";

const EMPTY =
  "Check the variable that holds the token: it had no value when the request was built. Log whether it is set, never what it is.";

/** How a token is missing: what was seen, and what to do. */
export const ABSENT: Readonly<
  Record<Facts["token.absent"]["how"], readonly [evidence: string, fix: string]>
> = {
  header_missing: [
    "the request has no Authorization header",
    "Attach the header “Authorization: Bearer ” followed by the token to each request, also to those that a library repeats.",
  ],
  header_empty: ["the Authorization header has no value", EMPTY],
  scheme_only: [
    "nothing follows the scheme in the Authorization header",
    EMPTY,
  ],
  header_without_colon: [
    "the line of the header has no colon, so that it is no header",
    "Write the header with a colon after its name: “Authorization: Bearer ” and then the token.",
  ],
  empty: ["the token is empty", EMPTY],
  answer_says_so: [
    "the server answers that it got no token",
    "Check in the client's own log that the header leaves with the request. If it does, look for what drops it on the way.",
  ],
  not_signed: [
    "the request has no signature of Version 4, neither in Authorization nor in the URL",
    "Sign the request: call it through an SDK, with curl --aws-sigv4, or with a client that is set to “AWS Signature”. A bearer token does not stand in for a signature.",
  ],
  no_credentials: [
    "the tool found no credentials to sign with",
    "Give it some: aws sso login or aws configure for people, a role for programs. For a role, check that it is attached and that the container reaches the address of its credentials.",
  ],
};
