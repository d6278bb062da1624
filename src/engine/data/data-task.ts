import type { Failure } from '../../base/operation-error.ts'
import type { DataFormat, DataSource } from '../../sources/data-conversions.ts'

/** A conversion. */
export interface DataTask {
  readonly path: string
  readonly from: DataSource
  readonly to: DataFormat
  readonly outputPath: string
  /** Whether a drawing may say nothing but what shows it. */
  readonly strip: boolean
}

/** What has become of it. */
export type DataOutcome =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** What the thread does. */
export type DataWork = (task: DataTask) => Promise<DataOutcome>
