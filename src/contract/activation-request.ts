import * as z from 'zod/mini'

/** The request that an activation has to do with. */
export interface ActivationRequest {
  readonly requestId: string
  /** Whether it makes renditions. That of a custom worker which is called over the web invokes another one that does. */
  readonly works: boolean
}

const workingSchema = z.object({ requestId: z.string() })
const calledSchema = z.object({ __ow_headers: z.object({ 'x-request-id': z.string() }) })

/** Reads off the parameters of an activation for which request it is; undefined when it is for none. */
export function readActivationRequest(params: unknown): ActivationRequest | undefined {
  const working = z.safeParse(workingSchema, params).data
  if (working !== undefined) return { requestId: working.requestId, works: true }
  const called = z.safeParse(calledSchema, params).data
  if (called === undefined) return undefined
  const { __ow_headers: headers } = called
  return { requestId: headers['x-request-id'], works: false }
}
