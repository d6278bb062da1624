import { HttpError } from '../contract/errors.ts'

/** https://sqlite.org/rescode.html#full */
const SQLITE_FULL = 13

/** Turns the error of a full disk into the {@link HttpError} 507 that says so; returns any other error as it is. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !isDiskFull(error)) return error
  return new HttpError(507, 'The disk of the object store is full; nothing was stored.', {
    cause: error,
  })
}

function isDiskFull(error: Error): boolean {
  if ('errcode' in error) return error.errcode === SQLITE_FULL
  return 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
