import assert from 'node:assert/strict'
import { chooseAssets } from '../../src/cli/export/choose-assets.ts'

const ASSETS = [
  { handle: 'a|1', name: 'shoe', folder: 'summer' },
  { handle: 'a|2', name: 'deep/shirt', folder: 'deep' },
  { handle: 'a|3', name: 'hat', folder: 'summer/new' },
  { handle: 'a|4', name: 'winter', folder: '' },
  { handle: 'a|5', name: 'coat', folder: 'winter' },
]

describe('the assets that npm run export means', () => {
  const calls: [subjects: string[], handles: string[]][] = [
    [['shoe'], ['a|1']],
    [['sh*'], ['a|1', 'a|2']],
    [['summer'], ['a|1', 'a|3']],
    [['/summer/new/'], ['a|3']],
    [['summer/*'], ['a|1']],
    [['summer/**'], ['a|1', 'a|3']],
    [['winter'], ['a|4']],
    [['winter/'], ['a|5']],
    [
      ['hat', 'h?t', 'shoe'],
      ['a|3', 'a|1'],
    ],
  ]
  for (const [subjects, handles] of calls) {
    it(`are ${handles.join(' and ')} by ${subjects.join(' ')}`, () => {
      assert.deepEqual(chooseAssets(subjects, ASSETS), { handles, missing: [] })
    })
  }

  it('are none by what is not there, which a sentence tells', () => {
    const { handles, missing } = chooseAssets(['none', 'package.json', 'hat', '/'], ASSETS)
    assert.deepEqual(handles, ['a|3'])
    assert.match(missing[0] ?? '', /^none: there is no asset and no folder of this name/)
    assert.match(missing[1] ?? '', /^package\.json: there is no such asset; --files exports/)
    assert.equal(missing.length, 3)
  })
})
