/** Whether a header Accept takes one of these media types. Weights are not compared, but 0 is a refusal (RFC 9110 section 12.4.2). */
export const accepts = (
  header: string,
  mediaTypes: readonly string[],
): boolean =>
  header.split(",").some((one) => {
    const [type = "", ...parameters] = one
      .split(";")
      .map((part) => part.trim().toLowerCase());
    return (
      mediaTypes.includes(type) &&
      !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
    );
  });
