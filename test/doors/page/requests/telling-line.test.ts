import assert from 'node:assert/strict'
import { findTellingLine } from '../../../../src/doors/page/requests/telling-line.ts'

const STAMP = '2026-11-21T20:23:15.151000005Z stdout: '

const ROWS: { what: string; logs: string[][]; message: string; found?: [string, number] }[] = [
  {
    what: 'the line with the message',
    logs: [['Error: something else', 'it failed: The source is empty.', 'The source is empty.']],
    message: 'The source is empty.',
    found: ['log0', 1],
  },
  {
    what: 'the line with the message in a later log',
    logs: [['Error: something else'], ['fine', 'The source is empty.']],
    message: 'The source is empty.',
    found: ['log1', 1],
  },
  {
    what: 'the first line of a message that has several',
    logs: [['one', 'convert: no decode delegate']],
    message: 'convert: no decode delegate\n  at line 2\n',
    found: ['log0', 1],
  },
  {
    what: 'the first line that looks like an error',
    logs: [['fine'], ['cleaned up failed transfers', 'TypeError: x is undefined', 'it failed']],
    message: 'The worker ended without a word.',
    found: ['log1', 1],
  },
  {
    what: 'an error of any writing',
    logs: [['width: 100', 'FATAL: out of memory']],
    message: '',
    found: ['log0', 1],
  },
  {
    what: 'nothing where nothing looks like an error',
    logs: [['fine', 'no mirrors', 'a terrorist'], []],
    message: 'The worker ended without a word.',
  },
  { what: 'nothing without a log', logs: [], message: 'The source is empty.' },
]

describe('the line that tells', () => {
  for (const { what, logs, message, found } of ROWS) {
    it(`is ${what}`, () => {
      const activations = logs.map((lines, index) => ({
        id: `log${index}`,
        logs: lines.map((line) => STAMP + line),
      }))
      const [activationId, line] = found ?? []
      assert.deepEqual(findTellingLine(activations, message), found && { activationId, line })
    })
  }
})
