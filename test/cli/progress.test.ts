import assert from 'node:assert/strict'
import { createProgress, tellStopped, tellWritten } from '../../src/cli/progress.ts'

interface Item {
  readonly name: string
  end: 'done' | 'failed' | undefined
}

/** A command that shows its progress, and what came of that. */
function watch(count: number, { isLive = false, json = false, quiet = false } = {}) {
  const printed: string[] = []
  const drawn: string[] = []
  let time = 0
  const items = Array.from({ length: count }, (_, at): Item => ({ name: `${at}`, end: undefined }))
  const progress = createProgress<Item>(
    { describe: ({ name, end = 'waits' }) => `${name} ${end}`, endOf: ({ end }) => end },
    { json, quiet },
    {
      isLive,
      print: (line) => printed.push(line),
      draw: (lines) => drawn.push(lines),
      clear: () => drawn.push(''),
      now: () => time,
    },
  )
  return {
    printed,
    drawn,
    progress,
    /** Ends the next items, each after some milliseconds. */
    end: (many: number, { each = 10, as = 'done' }: { each?: number; as?: Item['end'] } = {}) => {
      for (const item of items.filter(({ end }) => end === undefined).slice(0, many)) {
        time += each
        item.end = as
        progress.show(items, item)
      }
    },
  }
}

describe('progress', () => {
  it('of a few is a line each that has ended', () => {
    const { end, printed } = watch(2)
    end(1)
    end(1, { as: 'failed' })
    assert.deepEqual(printed, ['0 done', '1 failed'])
  })

  it('of a few is all of them at a terminal, until the end', () => {
    const { end, progress, drawn } = watch(2, { isLive: true })
    end(1)
    progress.end()
    assert.deepEqual(drawn, ['0 done\n1 waits', ''])
  })

  it('of many is a line at each tenth, with what has failed', () => {
    const { end, printed } = watch(180)
    end(17)
    assert.deepEqual(printed, [])
    end(2, { as: 'failed' })
    end(161)
    assert.equal(printed[0], '18 of 180, 1 failed')
    assert.equal(printed[1], '36 of 180, 2 failed')
    assert.equal(printed.length, 9, 'the report tells of the end')
  })

  it('of many that take long is a line now and then, with an estimate', () => {
    const { end, printed } = watch(180, {})
    end(3, { each: 20_000 })
    assert.deepEqual(printed, ['2 of 180, about 59 min left'])
  })

  it('of many is one line at a terminal', () => {
    const { end, drawn } = watch(180, { isLive: true })
    end(37, { each: 300 })
    assert.equal(drawn.at(0), '1 of 180')
    assert.equal(drawn.at(-1), '37 of 180, about 45 s left')
  })

  for (const options of [{ json: true }, { quiet: true }]) {
    it(`is not shown for ${JSON.stringify(options)}`, () => {
      for (const isLive of [true, false]) {
        const { end, progress, printed, drawn } = watch(30, { ...options, isLive })
        end(30)
        progress.end()
        assert.deepEqual([...printed, ...drawn], [])
      }
    })
  }

  it('ends with where the files are, and how many of them', () => {
    const count = { total: 6, ended: 6, failed: 0 }
    assert.equal(tellWritten('renditions', count), 'written to renditions/: 6 of 6')
    assert.equal(
      tellWritten('/out/', { ...count, failed: 2 }),
      'written to /out/: 4 of 6, 2 failed',
    )
    assert.equal(
      tellStopped('out', { total: 180, ended: 40, failed: 3 }),
      'Stopped; written to out/: 37 of 180, 3 failed',
    )
  })
})
