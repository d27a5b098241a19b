import type { Parsed, Stages, VerifyOptions, WireRequest } from "./types.ts";

export async function verifySigned(
  _request: WireRequest,
  _parsed: Parsed,
  _secretAccessKey: string,
  _options?: VerifyOptions,
): Promise<Stages> {
  return {
    canonicalRequest: "",
    stringToSign: "",
    signature: "",
    matches: false,
  };
}
