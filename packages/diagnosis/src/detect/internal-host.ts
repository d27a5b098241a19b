/**
 * True for a host that only the inside knows: this machine, a private network (RFC 1918, RFC 6761), a container or a cluster's service.
 * The port may still stand behind it.
 */
export function isInternalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  if (name === "" || name.startsWith("["))
    return /^\[(?:::1?|f[cd]|fe80)/.test(name);
  if (/^\d+(?:\.\d+){3}$/.test(name))
    return /^(?:127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(
      name,
    );
  return (
    !name.includes(".") ||
    /\.(?:localhost|local|internal|lan|home|intranet|corp|docker|svc|consul|cluster\.local)$/.test(
      name,
    ) ||
    /\.svc\./.test(name)
  );
}
