import { Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import { readWholeNumber } from '../../http/query.ts'
import type { Activation } from '../run/activation.ts'
import type { Runtime } from '../run/runtime.ts'
import { listPage } from './list-page.ts'

/**
 * `…/activations`: the records of activations that have ended. `DELETE …/activations/ID` cancels one that is under way;
 * OpenWhisk has no such route.
 */
export function createActivationRoutes(
  runtime: Pick<Runtime, 'activation' | 'activations' | 'cancel'>,
): Hono {
  function find(activationId: string): Activation {
    const activation = runtime.activation(activationId)
    if (activation !== undefined) return activation
    throw new ServiceError(
      'not_found',
      `There is no activation "${activationId}" that has ended and is still kept.`,
    )
  }

  return new Hono()
    .get('/', (c) => {
      const query = c.req.query()
      const { name, docs } = query
      const since = readWholeNumber(query, 'since', { otherwise: 0 })
      const upto = readWholeNumber(query, 'upto', { otherwise: Number.MAX_SAFE_INTEGER })
      const found = runtime
        .activations()
        .filter(({ start }) => start >= since && start <= upto)
        .filter((activation) => name === undefined || matchesName(activation, name))
      return c.json(
        listPage(query, 'activations', found, (activation) =>
          docs === 'true' ? activation : summaryOf(activation),
        ),
      )
    })
    .get('/:id', (c) => c.json(find(c.req.param('id'))))
    .get('/:id/result', (c) => c.json(find(c.req.param('id')).response))
    .get('/:id/logs', (c) => c.json({ logs: find(c.req.param('id')).logs }))
    .delete('/:id', async (c) => {
      const activationId = c.req.param('id')
      if (await runtime.cancel(activationId)) return c.json({ activationId })
      throw new ServiceError('not_found', `There is no activation "${activationId}" under way.`)
    })
}

function summaryOf({ logs, response, ...summary }: Activation): object {
  return summary
}

function matchesName(activation: Activation, name: string): boolean {
  const path = activation.annotations.find(({ key }) => key === 'path')?.value
  return activation.name === name || (typeof path === 'string' && path.endsWith(`/${name}`))
}
