/** A real proxy in front of an API and of a site, with `assay guard` and an issuer behind it: four processes on loopback. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  serveIssuer,
  type IssuerServer,
} from "../../packages/guard/test/issuer-server.ts";
import { listen } from "../../packages/guard/test/listen.ts";
import {
  rawRequest,
  type RawAnswer,
  type RawHeaders,
} from "../../packages/guard/test/raw-request.ts";
import { freePort } from "../free-port.ts";
import { startGuard, type GuardProcess } from "./guard-process.ts";
import { eventually, type Running } from "./running.ts";

export interface ProxyUnderTest {
  readonly form: "nginx" | "caddy";
  /** Its name in packages/guard/recipes. */
  readonly recipe: string;
  /** The recipe with a site of files, under this folder, in the place of the API. */
  siteOf(recipe: string, root: string): string;
  start(folder: string, recipe: string): Running;
}

export interface Site extends AsyncDisposable {
  readonly issuer: IssuerServer;
  readonly guard: GuardProcess;
  readonly proxy: Running;
  get(path: string, headers?: RawHeaders, method?: string): Promise<RawAnswer>;
}

export const readRecipe = (name: string): string =>
  readFileSync(
    new URL(`../../packages/guard/recipes/${name}`, import.meta.url),
    "utf8",
  );

export async function openSite(
  proxy: ProxyUnderTest,
  args: readonly string[] = [],
  change: (recipe: string) => string = (recipe) => recipe,
  isUp: (port: number) => Promise<boolean> = answers,
): Promise<Site> {
  await using opening = new AsyncDisposableStack();
  const issuer = opening.use(await serveIssuer());
  const guard = opening.use(
    await startGuard([
      ...`--issuer ${issuer.origin} --audience ${issuer.issuer.audience} --upstream-form ${proxy.form} --scope /admin/*=admin`.split(
        " ",
      ),
      ...args,
    ]),
  );
  const api = opening.use(
    await listen((request, response) => {
      const { url, headers } = request;
      response.statusCode = url === "/broken" ? 500 : 200;
      response.end(JSON.stringify({ path: url, headers }));
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), `assay-${proxy.form}-`));
  opening.defer(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const recipe = change(readRecipe(proxy.recipe))
    .replace("127.0.0.1:4181", guard.address)
    .replace("127.0.0.1:3000", new URL(api.origin).host)
    .replace(/(127\.0\.0\.1|localhost):(?:8080|0)\b/, `$1:${port}`);
  const running = opening.use(proxy.start(folder, recipe));
  const origin = `http://127.0.0.1:${port}`;
  await eventually(running, () => isUp(port));
  const all = opening.move();
  return {
    issuer,
    guard,
    proxy: running,
    get: (path, headers, method) => rawRequest(origin, path, headers, method),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const answers = (port: number): Promise<boolean> =>
  rawRequest(`http://127.0.0.1:${port}`, "/").then(
    () => true,
    () => false,
  );

/** The same with a site of three files in the place of the API. */
export async function openFiles(
  proxy: ProxyUnderTest,
  args: readonly string[] = [],
): Promise<Site> {
  const root = mkdtempSync(join(tmpdir(), "assay-site-"));
  for (const [path, text] of [
    ["index.html", "<h1>Home</h1>"],
    ["docs/index.html", "<h1>Docs</h1>"],
    ["admin/index.html", "<h1>Admin</h1>"],
  ] as const) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const site = await openSite(proxy, args, (recipe) =>
    proxy.siteOf(recipe, root),
  );
  return {
    ...site,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      rmSync(root, { recursive: true });
    },
  };
}
