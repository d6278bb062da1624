import { type Failure, OperationError } from '../../base/operation-error.ts'
import { serveThread } from '../../tasks/serve-thread.ts'
import type { JobSource } from '../operation.ts'
import { type OfficeSource, openSource } from './open-source.ts'

/** A source to be opened, see {@link openSource}. */
export interface SourceTask {
  readonly source: JobSource
  readonly openPath: string
  readonly password: string | undefined
}

/** What became of it, as data that another thread can be sent. */
export type SourceOutcome =
  | { readonly outcome: 'opened'; readonly opened: OfficeSource }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** Opens a source. */
export async function work(task: SourceTask): Promise<SourceOutcome> {
  try {
    const opened = await openSource(task.source, task.openPath, task.password)
    return { outcome: 'opened', opened }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields } = error
    return { outcome: 'failed', failure: { code, fields, cause: undefined } }
  }
}

serveThread<SourceTask, SourceOutcome>({ work })
