import type { Metrics } from '../monitoring/metrics.ts'
import type { Action } from '../runtime/run/action.ts'
import type { Activation } from '../runtime/run/activation.ts'

/** What is deployed under a name of its own: clients make up such names. */
const OTHER = 'other'

/** Makes what counts activations that have ended, by the name of the action if that is one of the service's own. */
export function createActivationCount(
  { countActivation }: Pick<Metrics, 'countActivation'>,
  own: readonly Pick<Action, 'name'>[],
): (activation: Activation) => void {
  const names = new Map(own.map(({ name }) => [name, name]))

  return ({ namespace, annotations, response, duration }) => {
    const path = annotations.find(({ key }) => key === 'path')?.value
    const name = typeof path === 'string' ? path.slice(namespace.length + 1) : ''
    countActivation({
      action: names.get(name) ?? OTHER,
      result: response.status.replaceAll(' ', '_'),
      tookMs: duration,
    })
  }
}
