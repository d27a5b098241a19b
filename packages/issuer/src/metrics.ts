/** Metrics by OpenTelemetry, for Prometheus, on a port of this machine alone. Loaded only when a port is set. */
import type { Observation } from "./observation.ts";
import { StartError } from "./start-error.ts";

export interface Metrics {
  observe(observation: Observation): void;
  close(): Promise<void>;
}

/** Throws StartError when the port is not free. */
export async function startMetrics(port: number): Promise<Metrics> {
  const [{ PrometheusExporter }, { MeterProvider }] = await Promise.all([
    import("@opentelemetry/exporter-prometheus"),
    import("@opentelemetry/sdk-metrics"),
  ]);
  const exporter = new PrometheusExporter({
    host: "127.0.0.1",
    port,
    preventServerStart: true,
  });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter("@assay/issuer");
  const requests = meter.createHistogram("assay_request_seconds", {
    description: "Time to answer, by endpoint and status.",
    unit: "s",
    advice: {
      explicitBucketBoundaries: [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5,
      ],
    },
  });
  const refusals = meter.createCounter("assay_refusals", {
    description: "Refusals, by endpoint and error code.",
  });
  try {
    await exporter.startServer();
  } catch (error) {
    throw new StartError(
      `metricsPort: expected a free port, found ${port} in use`,
      null,
      error,
    );
  }
  return {
    observe: ({ endpoint, status, seconds, error }) => {
      requests.record(seconds, { endpoint, status });
      if (error !== null) refusals.add(1, { endpoint, error });
    },
    close: async () => provider.shutdown(),
  };
}
