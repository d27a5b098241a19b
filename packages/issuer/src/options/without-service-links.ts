/** Variables that Kubernetes and Docker put beside ours. */
import type { SettingsSource } from "./read-table.ts";

type Variables = SettingsSource["env"];

/**
 * Without what tells of services. A container sees, of each service of its namespace, its address: a service with the name assay-metrics is
 * ASSAY_METRICS_SERVICE_HOST, ASSAY_METRICS_PORT_9464_TCP_ADDR and six more, and of them ASSAY_METRICS_PORT has the name of a setting and an
 * address such as tcp://10.96.0.7:9464, which no setting takes.
 * (kubernetes.io/docs/concepts/services-networking/service, "Environment variables"; Docker calls them links.)
 */
export function withoutServiceLinks(env: Variables): Variables {
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => !isLink(name, value ?? "")),
  );
}

const isLink = (name: string, value: string): boolean =>
  /_SERVICE_(?:HOST|PORT(?:_[A-Z0-9_]+)?)$/.test(name) ||
  /_PORT_\d+_(?:TCP|UDP|SCTP)_(?:PROTO|PORT|ADDR)$/.test(name) ||
  (/_PORT(?:_\d+_(?:TCP|UDP|SCTP))?$/.test(name) &&
    /^(?:tcp|udp|sctp):\/\//.test(value));
