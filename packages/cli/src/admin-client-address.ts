/** Which server the command speaks with. */
import { UsageError } from "./usage-error.ts";

export interface AddressFlags {
  readonly server?: string;
}

const DEFAULT_SERVER = "http://localhost:4455";

/** The server's name without a slash at its end. Throws UsageError. */
export const serverOf = (
  { server }: AddressFlags,
  env: NodeJS.ProcessEnv,
): string => {
  const [given, name] =
    server !== undefined
      ? [server, "--server"]
      : [env["ASSAY_SERVER"] ?? DEFAULT_SERVER, "ASSAY_SERVER"];
  const address = given.replace(/\/+$/, "");
  if (!URL.canParse(address) || !/^https?:\/\/[^?#]+$/.test(address))
    throw new UsageError(
      `${name}: expected the server's address, such as https://issuer.example; found “${given.slice(0, 80)}”`,
    );
  // Threat: the admin token, read by whoever is on the way.
  if (address.startsWith("http:") && !isThisMachine(address))
    throw new UsageError(
      `${name}: expected https for a server on another machine, found http`,
      `assay … --server ${address.replace("http:", "https:")}`,
    );
  return address;
};

export const isThisMachine = (address: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(address).hostname);
