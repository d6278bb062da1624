/** The parts of `@20minutes/s3rver` 5.0.0 that the tests use. The package brings no types; these are read off its lib/s3rver.js. */
declare module '@20minutes/s3rver' {
  import type { AddressInfo } from 'node:net'

  /** A server of the Amazon S3 API; the only key it knows is `S3RVER`, with `S3RVER` as its secret. */
  class S3rver {
    constructor(options: {
      port: number
      /** Plain HTTP without the two. */
      cert?: string
      key?: string
      /** Where objects are kept. */
      directory: string
      configureBuckets: readonly { name: string }[]
      silent: boolean
    })
    run(): Promise<AddressInfo>
    close(): Promise<void>
  }
  export = S3rver
}
