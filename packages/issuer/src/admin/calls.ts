/** THE TABLE of calls of the admin API. */
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
import {
  changeResource,
  createResource,
  getResource,
  listResources,
} from "./resources.ts";

export const TYPED_CALLS = [
  listClients,
  createClient,
  getClient,
  changeClient,
  disable,
  enable,
  addSecret,
  endSecret,
  listResources,
  createResource,
  getResource,
  changeResource,
] as const;

export const CALLS: readonly AnyCall[] = TYPED_CALLS;
