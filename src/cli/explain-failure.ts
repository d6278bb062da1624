/** The sentence that a command ends with when something has failed. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // fetch() says "fetch failed" and keeps the reason to itself.
  return error.cause instanceof Error && error.message === 'fetch failed'
    ? `The service cannot be reached: ${error.cause.message}`
    : error.message
}
