import { apiUrl } from '../service.ts'
import type { ApiRequest } from './api-request.ts'

/**
 * Makes a call as the user at this machine.
 *
 * @param file - what a form ends with
 * @param signal - ends it
 */
export function makeRequest(
  request: ApiRequest,
  file: File | undefined,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(apiUrl(request.path), { ...initOf(request, file), signal })
}

function initOf({ method, headers, body, form }: ApiRequest, file: File | undefined): RequestInit {
  if (form !== undefined) {
    const data = new FormData()
    for (const [name, value] of Object.entries(form)) data.append(name, value)
    if (file !== undefined) data.append('file', file)
    return { method, headers, body: data }
  }
  if (body === undefined) return { method, headers }
  return { method, headers: { ...headers, 'content-type': 'application/json' }, body }
}
