import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Channel, openChannel } from '../../src/tasks/channel.ts'

const LIMITS = { json: 1000, bytes: 100 }

describe('a channel between two processes', () => {
  it('carries what JSON can say, in order, and bytes beside it', async () => {
    const { other, heard } = open()
    other.send({ a: [1, 'ä\n', null] })
    other.send('with bytes', Buffer.from([0, 10, 255]))
    other.send(0)
    await nextTurn()
    assert.deepEqual(heard, [{ a: [1, 'ä\n', null] }, ['with bytes', 0, 10, 255], 0])
  })

  it('puts letters together out of pieces of any size', async () => {
    const { write, heard } = open()
    const letters = Buffer.concat([letter('"one"', 'xy'), letter('2'), letter('[3]')])
    for (const byte of letters) write(Buffer.from([byte]))
    await nextTurn()
    assert.deepEqual(heard, [['one', 120, 121], 2, [3]])
  })

  it('tells once that the other end has gone', async () => {
    const { other, heard } = open()
    other.send('last')
    other.close()
    while (heard.length < 2) await nextTurn()
    await nextTurn()
    assert.deepEqual(heard, ['last', 'ended: it has gone'])
  })

  it('refuses to send what JSON cannot say', () => {
    const { other } = open()
    assert.throws(() => other.send({ count: 5n }), TypeError)
  })

  const violations: [what: string, bytes: Buffer, told: string][] = [
    ['is no JSON', letter('{'), 'sent what is no JSON'],
    ['is empty', letter('', 'bytes'), 'sent what is no JSON'],
    ['is announced as too long', head(1001, 0), 'sent more than 1000 bytes of JSON at a time'],
    ['has too many bytes beside it', head(2, 101), 'sent more than 100 bytes beside its JSON'],
    [
      'is a line of text',
      Buffer.from('{"type":"ready"}\n'),
      'sent more than 1000 bytes of JSON at a time',
    ],
  ]
  for (const [what, bytes, told] of violations) {
    it(`ends at what ${what}, and hears nothing after that`, async () => {
      const { write, heard } = open()
      write(Buffer.concat([letter('"before"'), bytes, letter('"after"')]))
      write(letter('"later"'))
      await nextTurn()
      assert.deepEqual(heard, ['before', `ended: ${told}`])
    })
  }

  it('takes a letter of just the most bytes', async () => {
    const { write, heard } = open()
    write(letter(JSON.stringify('x'.repeat(LIMITS.json - 2))))
    await nextTurn()
    assert.deepEqual(heard, ['x'.repeat(LIMITS.json - 2)])
  })
})

/** What one end hears of the other, which is as good as it gets, or writes as it likes. */
function open(): { other: Channel; write: (bytes: Buffer) => void; heard: unknown[] } {
  const [here, there] = duplexPair()
  const heard: unknown[] = []
  openChannel(here, {
    limits: LIMITS,
    hear: (said, bytes) => heard.push(bytes === undefined ? said : [said, ...bytes]),
    ended: (violation) => heard.push(`ended: ${violation ?? 'it has gone'}`),
  })
  const nobody = { hear: () => undefined, ended: () => undefined }
  const write = (bytes: Buffer): void => void there.write(bytes)
  return { other: openChannel(there, { ...nobody, limits: LIMITS }), write, heard }
}

function letter(json: string, bytes = ''): Buffer {
  return Buffer.concat([head(json.length, bytes.length), Buffer.from(json), Buffer.from(bytes)])
}

function head(json: number, bytes: number): Buffer {
  const made = Buffer.alloc(8)
  made.writeUInt32BE(json, 0)
  made.writeUInt32BE(bytes, 4)
  return made
}
