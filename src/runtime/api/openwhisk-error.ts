import type { ServiceError } from '../../base/errors.ts'

/** A refusal as OpenWhisk answers it, without the `code` that it gives to look for in its log: here nothing is to be found. */
export function renderError({ message, status, headers }: ServiceError): Response {
  return Response.json({ error: message }, { status, headers })
}
