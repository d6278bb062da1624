import type { Dialect } from '../../http/root-app.ts'

/** Errors as the Asset Compute HTTP API answers them: `{"ok": false, "requestId": …, "message": …}`. */
export const ADOBE: Dialect = {
  door: 'asset-compute',
  fault: 'The service could not do its part; its log tells why under this requestId.',
  disk: 'service',
  render({ status, headers: told, message }, c) {
    const requestId = c.get('requestId')
    const headers = { ...told, 'X-Request-Id': requestId }
    // The API page: "The body is empty."
    if (status === 429) return new Response(null, { status, headers })
    return Response.json({ ok: false, requestId, message }, { status, headers })
  },
}

/** The sentence about a path at which there is nothing; who is lost here was looking for this API. */
export function nothingAt(path: string): string {
  return `There is nothing at ${path}; the Asset Compute API is /register, /unregister and /process.`
}
