import { UsageError } from './arguments.ts'

/** Files that a command has on their way at a time unless it is told: enough that the service has always some to work at. */
export const SIDE_BY_SIDE = 8

const MOST = 64

/**
 * Reads `--concurrency`.
 *
 * @throws {UsageError} when it is no such number
 */
export function readConcurrency(text: string | undefined): number {
  if (text === undefined) return SIDE_BY_SIDE
  const number = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (number >= 1 && number <= MOST) return number
  throw new UsageError(
    `--concurrency must be a whole number, 1 to ${MOST}, but it is ${JSON.stringify(text)}.`,
  )
}
