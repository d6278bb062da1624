import { ServiceError } from './errors.ts'

/** https://sqlite.org/rescode.html#full */
const SQLITE_FULL = 13

/**
 * Turns the error of a full disk, be it the system's or SQLite's, into the {@link ServiceError} 507 that says so; returns
 * any other error as it is.
 *
 * @param whose - what of the house needs the disk, for the sentence
 */
export function refuseFullDisk(error: unknown, whose: string): unknown {
  if (!(error instanceof Error) || !isDiskFull(error)) return error
  return new ServiceError('disk_full', `The disk of the ${whose} is full; nothing was stored.`, {
    cause: error,
  })
}

function isDiskFull(error: Error): boolean {
  if ('errcode' in error) return error.errcode === SQLITE_FULL
  return 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
