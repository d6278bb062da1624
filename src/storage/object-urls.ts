import { newUploadId, type UrlSigner } from './presigned-url.ts'

/** Where an upload in parts goes, as Adobe's SDK and AEM have it. */
export interface PartsTarget {
  readonly urls: readonly string[]
  /** In bytes; advice only, as the last part may always be smaller. */
  readonly minPartSize: number
  /** In bytes. */
  readonly maxPartSize: number
}

/** Makes URLs by which whoever has them reads or writes one object, until they expire. */
export interface ObjectUrls {
  /**
   * @param options.expires - in seconds of the epoch
   * @param options.disposition - the `Content-Disposition` of answers
   */
  readonly toRead: (
    key: string,
    options: { expires: number; disposition?: string | undefined; method?: 'GET' | 'HEAD' },
  ) => string
  /** @param expires - in seconds of the epoch */
  readonly toWrite: (key: string, expires: number) => string
  /** @param options.expires - in seconds of the epoch */
  readonly toWriteParts: (key: string, options: { expires: number; parts: number }) => PartsTarget
}

/** What is advised of the parts of an upload, in bytes. */
type PartSizes = Pick<PartsTarget, 'minPartSize' | 'maxPartSize'>

/** Those of AEM's direct binary upload. */
export const PART_SIZES: PartSizes = {
  minPartSize: 10 * 1024 * 1024,
  maxPartSize: 100 * 1024 * 1024,
}

/**
 * Makes URLs of this service's own, which refuses parts that are too long.
 *
 * @param options.permissions - what those to write permit; `w` unless given
 * @param options.sizes - {@link PART_SIZES} unless given
 */
export function createOwnUrls(
  urls: Pick<UrlSigner, 'sign'>,
  options: { permissions?: 'w' | 'rw'; sizes?: PartSizes; now: () => number },
): ObjectUrls {
  const { permissions = 'w', sizes = PART_SIZES, now } = options
  const { maxPartSize } = sizes
  return {
    toRead: (key, { expires, disposition }) =>
      urls.sign({ key, permissions: 'r', expires, disposition }),
    toWrite: (key, expires) => urls.sign({ key, permissions, expires }),
    toWriteParts(key, { expires, parts }) {
      const upload = newUploadId(now())
      return {
        urls: Array.from({ length: parts }, (_, part) =>
          urls.sign({ key, permissions, expires, of: { upload, part, parts, maxPartSize } }),
        ),
        ...sizes,
      }
    },
  }
}
