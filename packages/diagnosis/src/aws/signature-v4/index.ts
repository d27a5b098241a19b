/** AWS Signature Version 4, read and verified as a service would. */
export { findDifference } from "./difference.ts";
export { formFields, meansPolicy, type FormFields } from "./post-form.ts";
export { fieldFault, readUploadPolicy } from "./upload-policy.ts";
export { parseSigned } from "./parse.ts";
export type {
  Difference,
  DifferenceHints,
  Parsed,
  ParseProblem,
  Stages,
  VerifyOptions,
  WireRequest,
} from "./types.ts";
export { verifySigned } from "./verify.ts";
export { chunkForm, verifyChunks, type ChunkFault } from "./verify-chunks.ts";
export { signatureVersion2 } from "./version-2.ts";
