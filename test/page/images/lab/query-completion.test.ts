import assert from 'node:assert/strict'
import { completeQuery, describeQuery } from '../../../../page/images/lab/query-completion.ts'

const PRESETS = [{ name: 'zoom', commands: 'wid=2000' }]

/** What can be written where there is a `|` in the text, and what of it that would replace. */
function at(text: string) {
  const offset = text.indexOf('|')
  const whole = text.replace('|', '')
  const found = completeQuery(whole, offset, PRESETS)
  return (
    found && {
      replaced: whole.slice(found.from, found.to),
      labels: found.options.map(({ label }) => label),
    }
  )
}

describe('Completion in the lab', () => {
  it('offers every command with its sentence, layers, effects and presets', () => {
    const options = completeQuery('wi', 2, PRESETS)?.options ?? []
    const wid = options.find(({ label }) => label === 'wid')
    assert.deepEqual(wid, {
      label: 'wid',
      detail: 'pixels',
      info: 'Sets the width of the picture, which is never enlarged unless fit says so.',
      insert: 'wid=400',
    })
    const labels = options.map(({ label }) => label)
    for (const label of ['layer', 'effect', 'op_usm', '$zoom$'])
      assert.ok(labels.includes(label), label)
  })

  it('tells what is not like Adobe’s', () => {
    const info = completeQuery('', 0, [])?.options.find(({ label }) => label === 'pscan')?.info
    assert.match(info ?? '', /appears\. The number of scans/)
  })

  const WORDS: readonly (readonly [text: string, replaced: string, labels: readonly string[]])[] = [
    ['fit=|', '', ['fit', 'constrain', 'crop', 'wrap', 'stretch', 'hfit', 'vfit']],
    [
      'wid=4\nfit=cr|op,1\nhei=3',
      'crop',
      ['fit', 'constrain', 'crop', 'wrap', 'stretch', 'hfit', 'vfit'],
    ],
    ['fit=crop,|', '', ['0', '1']],
    ['fmt=tif,,|', '', ['none', 'lzw', 'zip', 'jpeg']],
    ['op_colorize=1,2,3,|', '', ['off', 'norm']],
  ]
  for (const [text, replaced, labels] of WORDS) {
    it(`offers the words of the argument in ${text.replaceAll('\n', '&')}`, () => {
      assert.deepEqual(at(text), { replaced, labels })
    })
  }

  for (const text of ['wid=|', 'wide=|', 'wi|d=4']) {
    it(`offers nothing in ${text}`, () => {
      assert.equal(at(text), undefined)
    })
  }

  it('replaces the word that is being written', () => {
    assert.equal(at('wid=4\nhe|\nfmt=png')?.replaced, 'he')
  })
})

describe('What is said of a line', () => {
  it('is the usage and the sentence of its command', () => {
    assert.deepEqual(describeQuery('wid=4\nhei=3', 8), {
      from: 6,
      to: 11,
      info: 'hei=pixels – Sets the height of the picture, which is never enlarged unless fit says so.',
    })
  })

  it('is nothing of what is no command', () => {
    assert.equal(describeQuery('wide=4', 2), undefined)
    assert.equal(describeQuery('', 0), undefined)
  })
})
