/**
 * EKS Pod Identity: an agent on the node gives role credentials for the token of a service account, which stands in Authorization without
 * a scheme (EKS user guide, "How EKS Pod Identity works").
 */
import type { Inquiry } from "../inquiry.ts";
import { headersOf, hostOf, pathOf } from "./wire.ts";

/** Link-local, by both versions of IP. */
const AGENT = /^(?:169\.254\.170\.23|\[fd00:ec2::23\])(?::80)?$/i;

/** What the token of the service account must be for. */
export const POD_AUDIENCE = "pods.eks.amazonaws.com";

export const isPodIdentity = ({ request }: Inquiry): boolean =>
  AGENT.test(hostOf(request) ?? "") &&
  pathOf(request?.url ?? "").startsWith("/v1/credentials");

/** null: the request carries none. */
export function podToken({ request }: Inquiry): string | null {
  const value = headersOf(request, "authorization")[0]?.trim() ?? "";
  return value === "" ? null : value.replace(/^Bearer\s+/i, "");
}

/** Where the SDKs ask for a container's role: of EKS Pod Identity or ECS; null: they are not told to. */
export function containerAddress(
  environment: ReadonlyMap<string, string>,
): string | null {
  const full = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  const relative = environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  // ECS's goes first (AWS SDKs and tools reference guide, "Container credential provider").
  if (relative) return `http://169.254.170.2${relative}`;
  return full ? full : null;
}
