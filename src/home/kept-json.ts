import * as z from 'zod/mini'
import { isRecord } from '../base/json.ts'

/** Adds what an older version did not keep yet. */
export type Complete = (kept: Record<string, unknown>) => Promise<object>

/**
 * Reads what the service has kept, as JSON.
 *
 * @param complete - without it, what an older version has kept is not what it must be
 * @returns what it is, and whether something was added; or what is wrong with it
 */
export async function readKeptJson<T>(
  kept: unknown,
  schema: z.ZodMiniType<T>,
  complete: Complete | undefined,
): Promise<{ value: T; isCompleted: boolean } | z.core.$ZodError> {
  const { success, data, error } = z.safeParse(schema, kept)
  if (success) return { value: data, isCompleted: false }
  if (complete === undefined || !isRecord(kept) || !onlyLacks(error, kept)) return error
  const completed = z.safeParse(schema, await complete(kept))
  if (!completed.success) return completed.error
  return { value: completed.data, isCompleted: true }
}

/** Whether fields are missing, some but not all, and nothing else is wrong. */
function onlyLacks(error: z.core.$ZodError, kept: Record<string, unknown>): boolean {
  return (
    Object.keys(kept).length > 0 &&
    error.issues.every(
      ({ path: [field, inner] }) => inner === undefined && !(String(field) in kept),
    )
  )
}
