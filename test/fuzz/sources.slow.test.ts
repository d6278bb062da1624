import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { identifyFormat, SOURCE_FORMATS } from '../../src/sources/source-format.ts'
import { readSeeds, useDamage } from './damage.ts'

const FILES_PER_FORMAT = 2000

describe('a damaged picture', function () {
  this.timeout(600_000)
  const damage = useDamage()
  const seeds = readSeeds('worker', (file) => identifyFormat(file)?.title)
  const formats = SOURCE_FORMATS.filter(({ title }) => title !== 'PDF')

  for (const { title } of formats) {
    it(`ends in a rendition or a documented reason: ${title}, ${FILES_PER_FORMAT} times`, async () => {
      const outcomes = await damage.run({
        action: 'worker',
        seeds: seeds[title],
        count: FILES_PER_FORMAT,
        rendition: { fmt: 'png', width: 32, height: 32 },
      })
      // Damage that nothing notices, or that everything notices, would try nothing.
      assert.ok(outcomes.has('created'))
      assert.ok(outcomes.has('SourceCorrupt'))
    })
  }

  it('ends no process of the action', () => {
    const processes = damage.processes()
    assert.ok(processes <= availableParallelism(), `${processes} processes were started`)
  })
})
