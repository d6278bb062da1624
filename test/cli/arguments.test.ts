import assert from 'node:assert/strict'
import { parseArguments } from '../../src/cli/arguments.ts'
import { readConcurrency } from '../../src/cli/concurrency.ts'

describe('the words of a command line', () => {
  const options = { concurrency: { type: 'string' }, json: { type: 'boolean' } } as const
  const WRONG: readonly (readonly [args: string[], sentence: string])[] = [
    [['--concurency', '3'], "Unknown option '--concurency'; did you mean --concurrency?"],
    [['--jsno'], "Unknown option '--jsno'; did you mean --json?"],
    [['--size'], "Unknown option '--size'; --help tells the options."],
    [['-x'], "Unknown option '-x'; --help tells the options."],
    [['--json=yes'], "Option '--json' does not take an argument; --help tells the options."],
  ]
  for (const [args, message] of WRONG) {
    it(`are refused: ${args.join(' ')}`, () => {
      assert.throws(() => parseArguments({ args, options }), { name: 'UsageError', message })
    })
  }

  it('say how many files are on their way at a time', () => {
    assert.equal(readConcurrency(undefined), 8)
    assert.equal(readConcurrency('64'), 64)
    for (const text of ['0', '65', '1.5', '-1', '', 'many', '100']) {
      assert.throws(() => readConcurrency(text), {
        name: 'UsageError',
        message: `--concurrency must be a whole number, 1 to 64, but it is ${JSON.stringify(text)}.`,
      })
    }
  })
})
