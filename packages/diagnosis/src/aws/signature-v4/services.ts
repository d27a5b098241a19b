/** The services that go by S3's exceptions: the path is encoded once and never normalised, and a presigned URL leaves the body uncovered. */
export const isS3 = (service: string): boolean =>
  /^s3(?:-object-lambda|-outposts|express)?$/.test(service);
