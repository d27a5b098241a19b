/**
 * Threat: DNS rebinding. A page of a stranger's name that resolves to this machine would speak to the service as its own origin. So
 * the Host header must name this machine; a bucket may stand before localhost.
 */
export const isOwnHost = (header: string | undefined): boolean =>
  header !== undefined &&
  header.length < 300 &&
  /^(?:(?:[\w.-]+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(
    header,
  );
