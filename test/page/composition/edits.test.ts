import assert from 'node:assert/strict'
import {
  addRendition,
  duplicateRendition,
  removeRendition,
  swapWithNext,
} from '../../../page/composition/edits.ts'
import { setField } from '../../../page/schema-form/text-edits.ts'

const TEXT = `[
    {"name": "a",   "odd": [1,2]},
    {
        "name": "b"
    }
]
`

describe('edits of a composition', () => {
  it('sets a field and leaves the rest as it was written', () => {
    assert.equal(setField(TEXT, [0, 'name'], 'c'), TEXT.replace('"name": "a"', '"name": "c"'))
  })

  it('adds a field', () => {
    assert.equal(
      setField(TEXT, [1, 'width'], 5),
      TEXT.replace('"name": "b"', '"name": "b",\n        "width": 5'),
    )
  })

  it('takes a field out', () => {
    assert.deepEqual(JSON.parse(setField(TEXT, [0, 'name'], undefined)), [
      { odd: [1, 2] },
      { name: 'b' },
    ])
  })

  it('adds a rendition, laid out as the others are', () => {
    assert.equal(
      addRendition(TEXT, [], { fmt: 'png' }),
      TEXT.replace(/\n\]\n$/, ',\n    {\n        "fmt": "png"\n    }\n]\n'),
    )
  })

  it('adds the first rendition', () => {
    assert.deepEqual(JSON.parse(addRendition('[]', [], { fmt: 'png' })), [{ fmt: 'png' }])
    assert.deepEqual(JSON.parse(addRendition('{"renditions": []}', ['renditions'], { a: 1 })), {
      renditions: [{ a: 1 }],
    })
  })

  it('puts a copy behind a rendition, written as it is', () => {
    const one = '{"name": "a",   "odd": [1,2]}'
    assert.equal(duplicateRendition(TEXT, [], 0), TEXT.replace(one, `${one},\n    ${one}`))
  })

  it('takes a rendition out', () => {
    assert.deepEqual(JSON.parse(removeRendition(TEXT, [], 0)), [{ name: 'b' }])
    assert.deepEqual(JSON.parse(removeRendition(TEXT, [], 1)), [{ name: 'a', odd: [1, 2] }])
  })

  it('exchanges two renditions, written as they are', () => {
    const swapped = swapWithNext(TEXT, [], 0)
    assert.deepEqual(JSON.parse(swapped), [{ name: 'b' }, { name: 'a', odd: [1, 2] }])
    assert.equal(swapWithNext(swapped, [], 0), TEXT)
  })

  it('changes what is inside of an object with renditions', () => {
    const text = `{"renditions": ${TEXT}, "other": 1}`
    assert.equal(
      swapWithNext(text, ['renditions'], 0),
      `{"renditions": ${swapWithNext(TEXT, [], 0)}, "other": 1}`,
    )
  })

  it('leaves the text as it is when there is no such rendition', () => {
    assert.equal(swapWithNext(TEXT, [], 1), TEXT)
    assert.equal(duplicateRendition(TEXT, [], 2), TEXT)
  })
})
