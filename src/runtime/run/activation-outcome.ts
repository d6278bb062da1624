/** How an activation ended, in OpenWhisk's words and codes. */
export const ACTIVATION_STATUS = [
  'success',
  'application error',
  'action developer error',
  'whisk internal error',
] as const

/** One of {@link ACTIVATION_STATUS}. */
export type ActivationStatus = (typeof ACTIVATION_STATUS)[number]

/**
 * Why an activation ended without its action having had its say: the action could not be loaded, or its process ended by
 * itself, or was ended for what it did.
 */
export type ActivationFault = 'unloaded' | 'died'

/** What came of running an action once. */
export interface ActivationOutcome {
  status: ActivationStatus
  /** What the action returned, or `{ error }`. */
  result: Record<string, unknown>
}

/** What is said of an activation that somebody has cancelled. */
export const CANCELLED = 'The activation was cancelled.'

/** The outcome of an activation that failed before or beside the action's own code. */
export function developerError(message: string): ActivationOutcome {
  return { status: 'action developer error', result: { error: message } }
}
