import type { ErrorCode } from '../../../base/errors.ts'
import type { Dialect } from '../../../http/root-app.ts'

/** The codes that CloudConvert's clients know; others are ours in capitals. */
const CODES: Partial<Record<ErrorCode, string>> = {
  invalid: 'INVALID_DATA',
  unauthenticated: 'UNAUTHENTICATED',
  too_many_requests: 'TOO_MANY_REQUESTS',
}

/** Errors as CloudConvert answers them: `{"message", "code", "errors"}`. */
export const JOBS: Dialect = {
  door: 'jobs',
  fault: 'The service could not do its part; its log tells why.',
  disk: 'service',
  render({ code, status, headers: told, message, fields }) {
    const errors = Object.keys(fields).length === 0 ? undefined : fields
    const body = { message, code: CODES[code] ?? code.toUpperCase(), errors }
    // Clients look for it in these capitals, some of them.
    const headers = { ...told, 'Content-Type': 'application/json' }
    return new Response(JSON.stringify(body), {
      status: code === 'invalid' ? 422 : status,
      headers,
    })
  },
}
