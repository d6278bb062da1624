import type { Dialect } from '../../http/root-app.ts'

/**
 * Errors as OpenWhisk answers them: `{"error": …}`, without the `code` that it gives to look for in its log, in which there
 * is nothing to be found here.
 */
export const OPENWHISK: Dialect = {
  door: 'runtime',
  fault: 'The service could not do its part; its log tells why.',
  disk: 'service',
  render: ({ message, status, headers }) => Response.json({ error: message }, { status, headers }),
}
