/** Which of several requests was judged, and which others one may choose instead. */
import { untrusted, type Pasted } from "@assay/diagnosis";

type Captured = NonNullable<Pasted["capture"]>["requests"][number];

export interface CaptureRead {
  readonly judged: number;
  /** How many requests the text holds. */
  readonly count: number;
  /** In the order of the text, the judged one among them. */
  readonly offered: readonly Captured[];
}

/** More choices than anybody goes through. Of more requests than these, those that went well are left out, and then those at the end. */
const MOST = 200;

export function captureRead({ capture }: Pasted): CaptureRead | null {
  if (!capture) return null;
  const { requests, judged } = capture;
  const worth =
    requests.length <= MOST
      ? requests
      : requests.filter(
          ({ position, status }) =>
            position === judged || status === null || status >= 400,
        );
  const first = worth.slice(0, MOST);
  const own = requests[judged - 1];
  const offered =
    own && !first.includes(own) ? [...first.slice(1), own] : first;
  return { judged, count: requests.length, offered: offered.map(shown) };
}

/** Threat: a token in the path, on a screen that others see. The address comes without its query. */
const shown = (request: Captured): Captured => ({
  ...request,
  method: untrusted(request.method),
  url: untrusted(request.url),
});
