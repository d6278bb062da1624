/** How much an export may be; originals are exported without limits. */
export interface ExportLimits {
  /** The most assets of a job. */
  readonly mostAssets: number
  /** The most bytes of its pictures together. */
  readonly mostBytes: number
  /** The most pixels of a picture. */
  readonly mostPixels: number
}

/** Adobe's, of its page about exporting assets; they hold unless the environment has others. */
export const EXPORT_LIMITS: ExportLimits = {
  mostAssets: 500,
  mostBytes: 1024 ** 3,
  mostPixels: 100_000_000,
}
