import assert from 'node:assert/strict'
import { createActivationLog } from '../../src/runtime/run/activation-log.ts'
import { linesOf, runAction, useGates, useHost } from './host-fixture.ts'

const MEGABYTE = 1024 * 1024
const TRUNCATED =
  'Logs were truncated because the total bytes size exceeds the limit of 10485760 bytes.'

describe('the log of an activation', () => {
  const { host } = useHost()
  const { gates } = useGates()

  it('has a line for every line, with its time and stream', async () => {
    const before = Date.now()
    const { logs } = await runAction(host(), 'alone', {
      prints: [out('one\ntwo\n'), { stream: 'stderr', text: 'three\n' }],
    })
    const [, time, rest] = /^(\S+) (.*)$/.exec(logs[0] ?? '') ?? []
    assert.equal(rest, 'stdout: one')
    assert.ok(Date.parse(time ?? '') >= before && Date.parse(time ?? '') <= Date.now())
    assert.deepEqual(logs.map((line) => line.slice(31)).toSorted(), [
      'stderr: three',
      'stdout: one',
      'stdout: two',
    ])
  })

  const texts: [what: string, texts: string[], lines: string[]][] = [
    ['nothing', [], []],
    ['a line in pieces', ['on', 'e li', 'ne\n'], ['one line']],
    ['a line without an end', ['one\n', 'two'], ['one', 'two']],
    ['empty lines', ['\n\n', 'one\n\n'], ['', '', 'one', '']],
    [
      'one line much longer than a pipe',
      ['x'.repeat(MEGABYTE / 2) + '\n'],
      ['x'.repeat(MEGABYTE / 2)],
    ],
    ['many lines at once', [lines(5000).join('\n')], lines(5000)],
    ['the control characters of the frames', ['a\u001eb\u001fc\u001dd\u0004e\n'], ['abcde']],
    [
      'characters outside the basic plane',
      [`${'x'.repeat(65_535)}🦜\n`],
      [`${'x'.repeat(65_535)}🦜`],
    ],
  ]
  for (const [what, given, expected] of texts) {
    it(`keeps ${what}, in order`, async () => {
      const activation = await runAction(host(), 'alone', { prints: given.map(out) })
      assert.deepEqual(
        linesOf(activation),
        expected.map((line) => `stdout: ${line}`),
      )
    })
  }

  it('keeps a character whose bytes are printed in two pieces', async () => {
    const activation = await runAction(host(), 'alone', { act: 'bytes' })
    assert.deepEqual(linesOf(activation), ['stdout: grün'])
  })

  it('has only what its own activation printed, when several run in one process', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `log-${index}`)
    const started = names.map((name) =>
      host().invoke('test/shared', {
        prints: [out(`begin ${name}\npartly `), { stream: 'stderr', text: `${name}\n` }],
        gate: gates().url(name),
        act: 'fail',
      }),
    )
    await Promise.all(names.map((name) => gates().arrival(name)))
    for (const name of names.toReversed()) gates().open(name)
    const activations = await Promise.all(started.map(({ ended }) => ended))
    for (const [index, activation] of activations.entries()) {
      const ofStream = (stream: string) =>
        linesOf(activation).filter((line) => line.startsWith(stream))
      const name = names[index] ?? ''
      assert.deepEqual(ofStream('stdout'), [`stdout: begin ${name}`, 'stdout: partly '])
      assert.deepEqual(ofStream('stderr').slice(0, 2), [
        `stderr: ${name}`,
        'stderr: Error: as asked',
      ])
      assert.ok(
        !linesOf(activation).some(
          (line) => /log-\d+/.exec(line)?.[0] !== undefined && !line.includes(name),
        ),
      )
    }
  })

  it('ends at 10 MB, and says so', async () => {
    const line = 'x'.repeat(MEGABYTE - 1)
    const activation = await runAction(host(), 'alone', {
      prints: Array.from({ length: 12 }, () => out(`${line}\n`)),
    })
    const kept = linesOf(activation)
    assert.equal(kept.filter((text) => text === `stdout: ${line}`).length, 10)
    assert.deepEqual(kept.slice(10), [`stdout: ${TRUNCATED}`])
  })

  it('ends at 10 MB without a single line end, too', () => {
    const log = createActivationLog(() => 0)
    for (let count = 0; count < 11; count += 1) log.write('stdout', 'x'.repeat(MEGABYTE))
    log.write('stderr', 'after\n')
    log.write('stdout', 'more\n')
    assert.deepEqual(log.lines(), [`1970-01-01T00:00:00.000000000Z stdout: ${TRUNCATED}`])
  })
})

function lines(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `line ${index}`)
}

function out(text: string): object {
  return { stream: 'stdout', text }
}
