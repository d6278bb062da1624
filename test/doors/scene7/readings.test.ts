import assert from 'node:assert/strict'
import { createReadings } from '../../../src/doors/scene7/catalogue/readings.ts'
import { Unread, withPrepared } from '../../../src/doors/scene7/serving/unprepared.ts'

describe('what was read for who cannot wait', () => {
  const { signal } = new AbortController()

  function open(most = 100) {
    const values = new Map<string, number>()
    const reads: string[] = []
    let gate = Promise.resolve()
    const readings = createReadings({
      what: (key) => `the value of ${key}`,
      async read(key) {
        reads.push(key)
        const value = values.get(key)
        await gate
        return value
      },
      most,
    })
    const get = (key: string) => withPrepared(signal, () => readings.get(key))
    /** Has reads wait until what is returned is called. */
    const hold = (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    }
    return { values, reads, readings, get, hold }
  }

  it('is read once, however many ask, and nothing is a value as well', async () => {
    const { reads, readings, get } = open()
    assert.throws(() => readings.get('a'), Unread)
    assert.deepEqual(await Promise.all([get('a'), get('a'), get('a')]), [
      undefined,
      undefined,
      undefined,
    ])
    assert.equal(readings.get('a'), undefined)
    assert.deepEqual(reads, ['a'])
  })

  it('is read once more when it has changed while it was read', async () => {
    const { values, reads, readings, get, hold } = open()
    values.set('a', 1)
    const go = hold()
    const reading = get('a')
    while (reads.length === 0) await Promise.resolve()
    values.set('a', 2)
    readings.forget('a')
    go()
    assert.equal(await reading, 2)
    assert.deepEqual(reads, ['a', 'a'])
  })

  it('keeps nothing that was read beside it and may have changed since', async () => {
    const { readings } = open()
    const keep = readings.begin()
    keep('a', 1)
    assert.equal(readings.get('a'), 1)
    readings.forget('b')
    keep('c', 1)
    assert.throws(() => readings.get('c'), Unread)
    readings.forgetAll((key) => key !== 'a')
    assert.equal(readings.get('a'), 1)
    readings.forgetAll()
    assert.throws(() => readings.get('a'), Unread)
  })

  it('stays as long as it is used, and as much as there is room for', async () => {
    const { reads, get } = open(4)
    for (const key of ['a', 'b', 'a', 'c', 'a', 'd', 'a', 'e', 'a', 'f', 'a']) await get(key)
    assert.deepEqual(
      reads.filter((key) => key === 'a'),
      ['a'],
    )
    await get('b')
    assert.equal(reads.filter((key) => key === 'b').length, 2)
  })
})
