/**
 * How long it takes to find the failing request in a HAR of 50 MiB, and in one of many small requests, beside JSON.parse alone, which is
 * the least that any reader needs. `--json` prints rows only; `--quick` fewer rounds.
 */
import { readPasted } from "@assay/diagnosis";
import { report, type Row } from "./measure.ts";

const MIB = 1024 * 1024;
const rounds = process.argv.includes("--quick") ? 3 : 9;

interface Shape {
  readonly name: string;
  /** Characters of each answer's body. */
  readonly body: number;
  readonly mebibytes: number;
}

const SHAPES: readonly Shape[] = [
  { name: "HAR 50 MiB, bodies", body: 100_000, mebibytes: 50 },
  { name: "HAR 50 MiB, requests", body: 200, mebibytes: 50 },
];

const header = (name: string, value: string) => ({ name, value });

/** As a browser exports it; the refused request stands in the middle. */
function har({ body, mebibytes }: Shape): string {
  const entry = (i: number, status: number) => ({
    startedDateTime: "2026-11-26T13:15:40.952Z",
    request: {
      method: "GET",
      url: `https://api.example.com/orders/${i}?expand=lines`,
      httpVersion: "HTTP/2",
      headers: [
        ...Array.from({ length: 14 }, (_, j) => header(`x-h${j}`, "a value")),
        header("authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln"),
      ],
      queryString: [header("expand", "lines")],
    },
    response: {
      status,
      headers: Array.from({ length: 14 }, (_, j) =>
        header(`x-a${j}`, "another value"),
      ),
      content: {
        size: body,
        mimeType: "application/json",
        text: `{"lines":"${'\\"ü'.repeat(Math.ceil(body / 3))}"}`,
      },
      redirectURL: "",
    },
    timings: { send: 0, wait: 1.5, receive: 2.8 },
  });
  const size = JSON.stringify(entry(0, 200)).length;
  const count = Math.ceil((mebibytes * MIB) / size);
  return JSON.stringify({
    log: {
      version: "1.2",
      creator: { name: "bench", version: "1" },
      entries: Array.from({ length: count }, (_, i) =>
        entry(i, i === count >> 1 ? 401 : 200),
      ),
    },
  });
}

const rows: Row[] = [];
for (const shape of SHAPES) {
  const text = har(shape);
  const times: Record<string, number[]> = {};
  const systems: Readonly<Record<string, () => unknown>> = {
    assay: () => {
      const { form, inquiry } = readPasted(text);
      if (form !== "har" || inquiry.response?.status !== 401)
        throw new Error("the failing request was not found");
    },
    "JSON.parse": () => JSON.parse(text) as unknown,
  };
  for (let round = 0; round < rounds; round++) {
    for (const [system, run] of Object.entries(systems)) {
      const start = performance.now();
      run();
      (times[system] ??= []).push(performance.now() - start);
    }
  }
  for (const [system, values] of Object.entries(times)) {
    const sorted = values.toSorted((a, b) => a - b);
    const row = (name: string, value = 0): void => {
      rows.push({ bench: "captures", case: name, system, value, unit: "ms" });
    };
    row(shape.name, sorted[sorted.length >> 1]);
    row(`${shape.name}, slowest`, sorted.at(-1));
  }
}
report(rows, new Map());
