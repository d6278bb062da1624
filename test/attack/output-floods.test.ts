import assert from 'node:assert/strict'
import { redact } from '../../src/base/redact.ts'
import { createActivationLog } from '../../src/runtime/run/activation-log.ts'
import { createFrameReader } from '../../src/runtime/run/protocol.ts'

const MEGABYTE = 1024 * 1024

/** What begins and ends a frame of output, and what is between its activation and its text. */
const [START, TEXT, END] = ['\u001e', '\u001f', '\u001d']

describe('an action that prints without an end', () => {
  const floods: [what: string, text: string, times: number, told: string][] = [
    ['empty lines', '\n'.repeat(100_000), 60, 'the number of lines exceeds the limit of 100000'],
    ['short lines', 'x\n'.repeat(50_000), 60, 'the number of lines exceeds the limit of 100000'],
    [
      'long lines',
      `${'x'.repeat(MEGABYTE)}\n`,
      60,
      'the total bytes size exceeds the limit of 10485760 bytes',
    ],
    [
      'a line without an end',
      'x'.repeat(MEGABYTE),
      60,
      'the total bytes size exceeds the limit of 10485760 bytes',
    ],
  ]
  for (const [what, text, times, told] of floods) {
    it(`has a log with an end, though it prints ${what}`, () => {
      const log = createActivationLog(() => 0)
      for (let count = 0; count < times; count += 1) log.write('stdout', text)
      const lines = log.lines()
      assert.ok(lines.length <= 100_001, String(lines.length))
      assert.ok(lines.reduce((sum, line) => sum + line.length, 0) < 16 * MEGABYTE)
      assert.match(
        lines.at(-1) ?? '',
        new RegExp(`stdout: Logs were truncated because ${told}\\.$`),
      )
    })
  }

  it('has what it prints in a hundred thousand pieces cut into lines', () => {
    const log = createActivationLog(() => 0)
    for (let count = 0; count < 100_000; count += 1) log.write('stderr', '.')
    const lines = log.lines()
    assert.equal(lines.length, 10)
    assert.equal(
      lines.reduce((sum, line) => sum + line.replace(/^\S+ stderr: /, '').length, 0),
      1e5,
    )
  })

  it('has a frame that it never ends taken for what it is: text', () => {
    let unframed = 0
    const read = createFrameReader({
      text: () => assert.fail('it is no frame'),
      end: () => assert.fail('it is no frame'),
      unframed: (text) => {
        unframed += text.length
      },
    })
    read(START)
    for (let count = 0; count < 100; count += 1) read('x'.repeat(64 * 1024))
    assert.ok(unframed > 6 * MEGABYTE, String(unframed))
  })

  it('has frames read that come in single characters, and after one that had no end', () => {
    const heard: string[] = []
    const read = createFrameReader({
      text: (activationId, text) => heard.push(`${activationId}: ${text}`),
      end: (activationId) => heard.push(`${activationId} ends`),
      unframed: (text) => heard.push(text.length > 9 ? 'much' : text),
    })
    read(`${START}${'x'.repeat(200_000)}`)
    for (const character of `a${START}id${TEXT}text${END}b${START}id${TEXT}\u0004${END}`)
      read(character)
    assert.deepEqual(heard, ['much', 'a', 'id: text', 'b', 'id ends'])
  })

  const quotes: [what: string, text: string][] = [
    ['beginnings of tokens', '-eyJ'.repeat(MEGABYTE / 4)],
    ['beginnings of URLs', 'http://'.repeat(MEGABYTE / 8)],
    ['words before signatures', 'Signature '.repeat(MEGABYTE / 10)],
    ['words before tokens', 'Bearer '.repeat(MEGABYTE / 7)],
    ['documents of errors', '<?xml >'.repeat(MEGABYTE / 7)],
  ]
  for (const [what, text] of quotes) {
    it(`holds nobody up while secrets are looked for in a megabyte of ${what}`, () => {
      const before = process.cpuUsage()
      redact(text)
      const { user } = process.cpuUsage(before)
      // Linear searches take milliseconds; what begins anew at each beginning takes minutes.
      assert.ok(user < 2_000_000, `${user} µs`)
    })
  }
})
