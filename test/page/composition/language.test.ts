import assert from 'node:assert/strict'
import { COMPOSITIONS } from '../../../page/composition/language.ts'
import { completeAt, describeAt } from '../../../page/schema-form/completion.ts'

describe('completion of a composition', () => {
  it('offers the instructions that a rendition does not have', () => {
    const labels = labelsAt('[{"fmt": "png", "width": 1, |}]')
    assert.ok(labels.includes('height') && labels.includes('name') && labels.includes('worker'))
    assert.ok(!labels.includes('width') && !labels.includes('fmt') && !labels.includes('target'))
  })

  it('knows which of them make a difference to the format', () => {
    const options = suggestionsAt('[{"fmt": "png", |}]')?.options
    assert.equal(options?.find(({ label }) => label === 'compressionLevel')?.matters, true)
    assert.equal(options?.find(({ label }) => label === 'quality')?.matters, false)
  })

  const written: [text: string, label: string, becomes: string][] = [
    ['[{"fmt": "png", "wi|"}]', 'width', '[{"fmt": "png", "width": |}]'],
    ['[{"fmt": "png", wi|}]', 'width', '[{"fmt": "png", "width": |}]'],
    ['{"renditions": [{"|"}]}', 'name', '{"renditions": [{"name": "|"}]}'],
    ['[{"cr|" "fmt": "png"}]', 'crop', '[{"crop": {|}, "fmt": "png"}]'],
    ['[{"crop": {"|"}}]', 'w', '[{"crop": {"w": |}}]'],
    ['[{"wi|": 5}]', 'width', '[{"width"|: 5}]'],
    ['[{"interl|"}]', 'interlace', '[{"interlace": true|}]'],
    ['[{"fmt": |}]', 'jpg', '[{"fmt": "jpg"|}]'],
    ['[{"fmt": "p|ng"}]', 'webp', '[{"fmt": "webp"|}]'],
    ['[{"interlace": t|}]', 'false', '[{"interlace": false|}]'],
    ['[{"page": |', '1', '[{"page": 1|'],
  ]
  for (const [text, label, becomes] of written) {
    it(`makes of ${text} with ${label} ${becomes}`, () => {
      const plain = text.replace('|', '')
      const found = suggestionsAt(text)
      const option = found?.options.find((each) => each.label === label)
      assert.ok(found !== undefined && option !== undefined)
      const { insert, cursor } = option
      assert.equal(
        `${plain.slice(0, found.from)}${insert.slice(0, cursor)}|${insert.slice(cursor)}${plain.slice(found.to)}`,
        becomes,
      )
    })
  }

  for (const text of [
    '|',
    '[|]',
    '[{"name": "|"}]',
    '{"|"}',
    '[{"odd": {"|"}}]',
    '['.repeat(1e5) + '|',
  ]) {
    it(`offers nothing in ${text.slice(0, 20)}`, () => {
      assert.deepEqual(labelsAt(text), [])
    })
  }
})

describe('description of what is written', () => {
  it('tells what an instruction is, its limits and what it usually is', () => {
    const text = '[{"fmt": "png", "compressionLevel": 3}]'
    const from = text.indexOf('"compressionLevel"')
    assert.deepEqual(describeAt(text, from + 3, COMPOSITIONS), {
      from,
      to: from + '"compressionLevel"'.length,
      info: 'How hard to try to make a PNG small, which takes longer. From 0 to 9. Usually 6.',
    })
  })

  it('tells of a short name what it stands for', () => {
    assert.match(describeAt('[{"wid": 3}]', 4, COMPOSITIONS)?.info ?? '', /^The width of the box/)
  })

  it('has nothing to tell of what it does not know', () => {
    assert.equal(describeAt('[{"odd": 3}]', 4, COMPOSITIONS), undefined)
    assert.equal(describeAt('[ ]', 1, COMPOSITIONS), undefined)
  })
})

function suggestionsAt(marked: string) {
  return completeAt(marked.replace('|', ''), marked.indexOf('|'), COMPOSITIONS)
}

function labelsAt(marked: string): readonly string[] {
  return suggestionsAt(marked)?.options.map(({ label }) => label) ?? []
}
