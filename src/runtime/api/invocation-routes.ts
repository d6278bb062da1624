import { type Context, Hono } from 'hono'
import type { Actions } from '../run/runtime.ts'
import { ACTION_PATHS, actionName } from './action-name.ts'
import { readParams } from './request-content.ts'
import { waitFor } from './waiting.ts'

/** `POST …/actions/…`: invoking an action. */
export function createInvocationRoutes(actions: Actions): Hono {
  async function invoke(c: Context, name: string): Promise<Response> {
    const invocation = actions.invoke(name, await readParams(c))
    const started = { activationId: invocation.activationId }
    if (c.req.query('blocking') !== 'true') return c.json(started, 202)
    const activation = await waitFor(invocation)
    if (activation === undefined) return c.json(started, 202)
    const { result, success } = activation.response
    return c.json(c.req.query('result') === 'true' ? result : activation, success ? 200 : 502)
  }

  return new Hono().on('POST', ACTION_PATHS, (c) => invoke(c, actionName(c)))
}
