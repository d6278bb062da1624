import assert from 'node:assert/strict'
import { type ActivationListener, collectActivations } from '../../src/cases/case-activations.ts'

function collect() {
  const listeners: ActivationListener[] = []
  const activations = collectActivations((listener) => void listeners.push(listener))
  const end = (
    duration: number,
    line: string,
    params: unknown,
    result: unknown = {},
    fault?: Parameters<ActivationListener>[3],
  ): void => {
    for (const listener of listeners)
      listener({ duration, logs: [line], response: { result } }, params, [], fault)
  }
  return { activations, end }
}

describe('the activations of a request', () => {
  it('are known by its id, whether they end before or after the event', async () => {
    const { activations, end } = collect()
    const [one, other] = [activations.follow('one'), activations.follow('other')]
    end(5, 'of one', { requestId: 'one' })
    const work = other.work()
    end(7, 'of nobody', {})
    end(8, 'of the other', { requestId: 'other' })
    assert.deepEqual(await one.work(), { milliseconds: 5, log: ['of one'], fault: undefined })
    assert.deepEqual(await work, { milliseconds: 8, log: ['of the other'], fault: undefined })
  })

  it('are noted only while somebody follows it', async () => {
    const { activations, end } = collect()
    end(5, 'too early', { requestId: 'one' })
    const first = activations.follow('one')
    first.end()
    end(6, 'of nobody', { requestId: 'one' })
    const second = activations.follow('one')
    end(7, 'of the second', { requestId: 'one' })
    assert.deepEqual(await second.work(), {
      milliseconds: 7,
      log: ['of the second'],
      fault: undefined,
    })
  })

  it('are two for a custom worker, of which the second one works', async () => {
    const { activations, end } = collect()
    const one = activations.follow('one')
    end(5, 'called', { __ow_headers: { 'x-request-id': 'one' } }, { body: { activationId: 'a' } })
    end(7, 'worked', { requestId: 'one' })
    assert.deepEqual(await one.work(), {
      milliseconds: 7,
      log: ['called', 'worked'],
      fault: undefined,
    })
  })

  it('are not waited for when a custom worker fails before it works', async () => {
    const { activations, end } = collect()
    const one = activations.follow('one')
    end(5, 'failed', { __ow_headers: { 'x-request-id': 'one' } })
    assert.deepEqual(await one.work(), {
      milliseconds: undefined,
      log: ['failed'],
      fault: undefined,
    })
  })

  for (const kind of ['unloaded', 'died'] as const) {
    it(`tell of an action that has ${kind}`, async () => {
      const { activations, end } = collect()
      const one = activations.follow('one')
      const params = { __ow_headers: { 'x-request-id': 'one' } }
      end(5, 'called', params, { error: 'It is gone.' }, kind)
      const { fault } = await one.work()
      assert.deepEqual(fault, { kind, message: 'It is gone.' })
    })
  }
})
