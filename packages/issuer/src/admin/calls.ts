/** THE TABLE of calls of the admin API. A path without a variable part stands before one that has it. */
import type { AnyCall } from "./call.ts";
import { addSecret, endSecret } from "./client-secrets.ts";
import {
  changeClient,
  createClient,
  disable,
  enable,
  getClient,
  listClients,
} from "./clients.ts";
import { readDiagnosis } from "./diagnoses.ts";
import { endMany } from "./endings.ts";
import { createRule, deleteRule, listRules } from "./exchange-rules.ts";
import { getGrant, listGrants, revokeGrant } from "./grants.ts";
import { exportEntries, listEntries, verifyJournal } from "./journal.ts";
import { listKeys, rehearseRotation, rotateKeys, withdraw } from "./keys.ts";
import { erasePerson } from "./persons.ts";
import {
  changeResource,
  createResource,
  getResource,
  listResources,
} from "./resources.ts";
import { lookUp, revokeToken } from "./tokens.ts";

export const TYPED_CALLS = [
  listClients,
  createClient,
  getClient,
  changeClient,
  disable,
  enable,
  addSecret,
  endSecret,
  listRules,
  createRule,
  deleteRule,
  listResources,
  createResource,
  getResource,
  changeResource,
  listGrants,
  getGrant,
  revokeGrant,
  lookUp,
  revokeToken,
  endMany,
  listKeys,
  rehearseRotation,
  rotateKeys,
  withdraw,
  listEntries,
  exportEntries,
  verifyJournal,
  readDiagnosis,
  erasePerson,
] as const;

export const CALLS: readonly AnyCall[] = TYPED_CALLS;
