/**
 * The developer tools that Chromium carries within itself, opened beside a page: what their network panel copies and exports. The functions are
 * those behind its menu "Copy" and its button "Export HAR"; only the clipboard and the file are left out.
 */
import type { Browser, Page } from "playwright-core";

export const COPIES = [
  "curl, bash",
  "curl, cmd",
  "fetch",
  "fetch, Node.js",
  "PowerShell",
] as const;
export type Copy = (typeof COPIES)[number];

export interface DeveloperTools {
  /** What was recorded goes; what the page asks for in the meantime is recorded, all of it. */
  record(ask: () => Promise<void>): Promise<void>;
  /** Of the request to this address, or of all. */
  copy(kind: Copy, address?: string): Promise<string>;
  /** With credentials, or without, as the panel exports it by default. */
  har(sensitive: boolean): Promise<string>;
}

const ROOT = "devtools://devtools/bundled/";

/** The browser must listen for debuggers at this port. */
export async function openDeveloperTools(
  browser: Browser,
  page: Page,
  port: number,
): Promise<DeveloperTools> {
  const answer = await fetch(`http://127.0.0.1:${port}/json`);
  const targets = (await answer.json()) as readonly {
    type: string;
    url: string;
    webSocketDebuggerUrl: string;
  }[];
  const target = targets.find(
    ({ type, url }) => type === "page" && url === page.url(),
  );
  const socket = target?.webSocketDebuggerUrl.replace("ws://", "") ?? "";
  const panel = await (await browser.newContext()).newPage();
  panel.setDefaultTimeout(180_000);
  await panel.goto(`${ROOT}inspector.html?ws=${socket}&panel=network`);
  await panel.waitForFunction(
    async ([root]) => {
      const { NetworkPanel } = await import(`${root}panels/network/network.js`);
      const { ViewManager } = await import(`${root}ui/legacy/legacy.js`);
      await ViewManager.ViewManager.instance().showView("network");
      return Boolean(NetworkPanel.NetworkPanel.instance().networkLogView);
    },
    [ROOT],
  );
  await untilItRecords(page, panel);
  return {
    record: async (ask) => {
      await panel.evaluate(forgetIn, { root: ROOT });
      await ask();
      await settled(panel);
    },
    copy: (kind, address) =>
      panel.evaluate(copyIn, { root: ROOT, kind, address }),
    har: (sensitive) => panel.evaluate(harIn, { root: ROOT, sensitive }),
  };
}

/** The page asks for something until it is seen. */
async function untilItRecords(page: Page, panel: Page): Promise<void> {
  for (let left = 100; left > 0; left--) {
    await page.evaluate(() => fetch("/").then((answer) => answer.text()));
    const seen = await panel.evaluate(
      async ([root]) => {
        const { NetworkLog } = await import(`${root}models/logs/logs.js`);
        const log = NetworkLog.NetworkLog.instance();
        return log.requests().length > 0;
      },
      [ROOT],
    );
    if (seen) return settled(panel);
    await panel.waitForTimeout(50);
  }
  throw new Error("the developer tools record nothing");
}

async function forgetIn({ root }: { root: string }): Promise<void> {
  const { NetworkLog } = await import(`${root}models/logs/logs.js`);
  NetworkLog.NetworkLog.instance().reset(true);
}

/** Something was asked for. Headers arrive by an event of their own, a little later than the request. */
async function settled(panel: Page): Promise<void> {
  let [count, still] = [-1, 0];
  while (still < 10) {
    const now = await panel.evaluate(
      async ([root]) => {
        const { NetworkLog } = await import(`${root}models/logs/logs.js`);
        const all = NetworkLog.NetworkLog.instance().requests();
        const finished = all.every(
          (one: { finished: boolean }) => one.finished,
        );
        return finished ? Number(all.length) : -1;
      },
      [ROOT],
    );
    still = now === count && now > 0 ? still + 1 : 0;
    count = now;
    await panel.waitForTimeout(100);
  }
}

async function copyIn({
  root,
  kind,
  address,
}: {
  root: string;
  kind: Copy;
  address: string | undefined;
}): Promise<string> {
  const { NetworkPanel } = await import(`${root}panels/network/network.js`);
  const { NetworkLog } = await import(`${root}models/logs/logs.js`);
  const view = NetworkPanel.NetworkPanel.instance().networkLogView;
  const all = NetworkLog.NetworkLog.instance().requests();
  const requests = all.filter(
    (request: { url(): string; requestMethod: string }) =>
      address === undefined ||
      (request.url() === address && request.requestMethod !== "OPTIONS"),
  );
  if (kind === "curl, bash")
    return view.generateAllCurlCommand(requests, "unix");
  if (kind === "curl, cmd") return view.generateAllCurlCommand(requests, "win");
  if (kind === "PowerShell") return view.generateAllPowerShellCommand(requests);
  return view.generateAllFetchCall(requests, kind === "fetch" ? 0 : 1);
}

async function harIn({
  root,
  sensitive,
}: {
  root: string;
  sensitive: boolean;
}): Promise<string> {
  const { NetworkLog } = await import(`${root}models/logs/logs.js`);
  const { Writer } = await import(`${root}models/har/har.js`);
  const { Progress } = await import(`${root}core/common/common.js`);
  return Writer.Writer.harStringForRequests(
    [...NetworkLog.NetworkLog.instance().requests()],
    { sanitize: !sensitive },
    new Progress.CompositeProgress(new Progress.Progress()),
  );
}
