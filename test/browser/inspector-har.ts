/** A HAR as a browser exports it, of any size: one request in its middle was refused, the others went well. */
const MIB = 1024 * 1024;

export interface HarShape {
  /** Characters of each answer's body. */
  readonly body: number;
  readonly mebibytes: number;
  /** Default: one that is no token. */
  readonly token?: string;
}

const header = (name: string, value: string) => ({ name, value });

export function har({
  body,
  mebibytes,
  token = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
}: HarShape): string {
  const entry = (i: number, status: number) => ({
    startedDateTime: "2026-11-26T13:15:40.952Z",
    request: {
      method: "GET",
      url: `https://api.example.com/orders/${i}?expand=lines`,
      httpVersion: "HTTP/2",
      headers: [
        ...Array.from({ length: 14 }, (_, j) => header(`x-h${j}`, "a value")),
        header("authorization", `Bearer ${token}`),
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
      creator: { name: "test", version: "1" },
      entries: Array.from({ length: count }, (_, i) =>
        entry(i, i === count >> 1 ? 401 : 200),
      ),
    },
  });
}
