import assert from 'node:assert/strict'
import { createActivationRecords, recordActivation } from '../../src/runtime/run/activation.ts'

const MIB = 1024 * 1024

function activation(activationId: string, logBytes = 0) {
  return recordActivation({
    activationId,
    namespace: 'test',
    action: {
      name: 'package/action',
      version: '0.0.1',
      kind: 'nodejs:24',
      file: '/action.ts',
      web: 'no',
      requiresAdobeAuth: false,
      requiresWhiskAuth: false,
      customOptions: false,
      inputs: {},
      final: false,
      limits: { timeout: 1000, memorySize: 256, concurrency: 1 },
    },
    start: 0,
    end: 1,
    annotations: {},
    outcome: { status: 'success', result: {} },
    logs: ['x'.repeat(logBytes)],
  })
}

describe('the records of activations', () => {
  it('keep the latest thousand, newest first', () => {
    const records = createActivationRecords()
    for (let index = 0; index <= 1000; index += 1) records.keep(activation(String(index)))
    assert.equal(records.list().length, 1000)
    assert.equal(records.list()[0]?.activationId, '1000')
    assert.equal(records.find('0'), undefined)
    assert.equal(records.find('1')?.activationId, '1')
  })

  it('keep no more than 64 MB of logs, and the last one whatever its size', () => {
    const records = createActivationRecords()
    for (const id of ['a', 'b', 'c']) records.keep(activation(id, 30 * MIB))
    assert.deepEqual(
      records.list().map(({ activationId }) => activationId),
      ['c', 'b'],
    )
    records.keep(activation('d', 70 * MIB))
    assert.deepEqual(
      records.list().map(({ activationId }) => activationId),
      ['d'],
    )
  })
})
