import { names } from "./lists.ts";
import { tell, type Family } from "./cause-words.ts";
import { phrase, quoted } from "./untrusted.ts";

/** Words for the causes of the family binding. */
export const BINDING: Family<"binding"> = {
  "binding.scheme_downgraded": ({ found, proofSent }) =>
    tell(
      "A token that is bound to a key was sent like a bearer token.",
      [
        "the token is bound to a key",
        found !== null && `it was sent with the scheme ${quoted(found)}`,
        proofSent
          ? "a DPoP proof was sent beside it"
          : "no DPoP proof was sent",
      ],
      "Send it with the scheme DPoP and a fresh proof in the header DPoP (RFC 9449 section 7.1).",
    ),
  "binding.proxy_rewrote_url": ({ proof, seen, differs }) =>
    tell(
      "A proxy changed the URL on the way.",
      [
        `the proof is for ${quoted(proof)}, the API saw ${quoted(seen)}`,
        differs.length > 0 && `they differ in ${names(differs)}`,
      ],
      "Let the proxy pass on the original scheme, host and path (X-Forwarded-Proto and its kin), and let the API compare with those.",
    ),
  "binding.other_key": ({ binding }) =>
    tell(
      binding === "dpop"
        ? "The proof was made with another key than the token is bound to."
        : "The connection has another certificate than the token is bound to.",
      [
        binding === "dpop"
          ? "the thumbprint of the proof's key is not the one in cnf.jkt"
          : "the certificate's thumbprint is not the one in cnf.x5t#S256",
      ],
      binding === "dpop"
        ? "Keep the key pair with which the token was obtained, and sign all proofs with it. After a new key, get a new token."
        : "Use the client certificate with which the token was obtained. After a new certificate, get a new token.",
    ),
  "binding.certificate_not_forwarded": ({ traces }) =>
    tell(
      "The client certificate did not reach the API.",
      [
        "the token is bound to a certificate, and the API saw none",
        traces.length > 0 && `traces of a proxy: ${names(traces)}`,
      ],
      "Let the proxy that ends TLS ask for the client certificate and hand it on (RFC 9440), and drop that header when it comes from outside.",
    ),
  "binding.proof_stale": ({ what }) =>
    tell(
      "The proof was made for another moment, request or token.",
      [phrase(what)],
      "Make a new proof for each request: its own jti, the present time, this method and URL, and the hash of this access token.",
    ),
  "binding.nonce_required": ({ hadNonce }) =>
    tell(
      "The server wants its nonce in the proof.",
      [hadNonce ? "the proof has an old nonce" : "the proof has no nonce"],
      "Take the nonce from the answer's header DPoP-Nonce, make the proof again with it, and repeat the request (RFC 9449 section 8).",
    ),
};
