/**
 * Asks a service.
 *
 * @param origin - such as `https://localhost:9443`
 * @throws {Error} one sentence when no service answers there
 */
export async function fetchFrom(
  origin: string,
  target: string,
  init: RequestInit,
): Promise<Response> {
  try {
    return await fetch(`${origin}${target}`, init)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const isAbsent = cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED'
    throw isAbsent
      ? new Error(`No service answers at ${origin}; npm start starts one.`, { cause: error })
      : error
  }
}
