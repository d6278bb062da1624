import { OperationError } from '../../base/operation-error.ts'
import { nameUrl } from '../../base/redact.ts'
import { FetchError } from '../../fetching/fetched-file.ts'
import type { PlannedFile } from './plan-files.ts'

/** What went wrong with a file, as who asked for the archive is to be told of it. */
export function blame({ index, url }: Pick<PlannedFile, 'index' | 'url'>, error: unknown): unknown {
  if (!(error instanceof FetchError)) return error
  const fields = { index, place: nameUrl(url), problem: error.message }
  return new OperationError('file_unavailable', fields, { cause: error })
}
