/** A bucket of Amazon S3, or of a store that speaks its language, and who may do everything in it. */
export interface S3Settings {
  readonly kind: 's3'
  /** What the URLs of its objects begin with, without a slash at its end. */
  readonly base: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
}
