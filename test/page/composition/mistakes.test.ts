import assert from 'node:assert/strict'
import { marksOf, mistakesOf, titleOfMistake } from '../../../page/composition/mistakes.ts'
import { inspectComposition } from '../../../page/composition/reading.ts'

const RENDITIONS = [
  { name: 'a.png', fmt: 'png' },
  { name: 'b.jpg', fmt: 'jpg', qlt: 500, width: 'wide' },
  { fmt: 'bogus' },
]

const remark = {
  message: 'Is it right?',
  path: [0, 'name'],
  offset: 0,
  length: 1,
  isRemark: true,
} as const

for (const [what, value, base] of [
  ['an array', RENDITIONS, []],
  ['an object with renditions', { renditions: RENDITIONS }, ['renditions']],
] as const) {
  describe(`The mistakes in ${what}`, () => {
    const read = inspectComposition(JSON.stringify(value))

    it('are those of each rendition at its row', () => {
      assert.deepEqual(read.base, base)
      assert.deepEqual(
        RENDITIONS.map((_, index) =>
          marksOf(read, index).mistakes.map(({ path }) => path.join('.')),
        ),
        [[], ['width', 'qlt'], ['fmt']],
      )
    })

    it('are called as what they are in', () => {
      assert.deepEqual(
        mistakesOf(read).map((mistake) => titleOfMistake(read, mistake)),
        ['Rendition 2: b.jpg: width', 'Rendition 2: b.jpg: quality', 'Rendition 3: fmt'],
      )
    })
  })
}

describe('What is only worth a look', () => {
  it('is at its row and hinders nothing', () => {
    const { mistakes, remarks } = marksOf({ base: [], problems: [remark] }, 0)
    assert.deepEqual([mistakes.length, remarks.length], [0, 1])
    assert.deepEqual(marksOf({ base: [], problems: [remark] }, 1).remarks, [])
    assert.deepEqual(mistakesOf({ problems: [remark] }), [])
  })
})

describe('A mistake of the whole', () => {
  it('is called so', () => {
    const read = inspectComposition('[')
    const [mistake] = mistakesOf(read)
    assert.ok(mistake)
    assert.equal(titleOfMistake(read, mistake), 'The JSON as a whole')
  })
})

describe('An instruction that is written twice', () => {
  it('has to be mended, since a form could show only one of the two', () => {
    const text = '[{"name": "a.png", "fmt": "png", "fmt": "jpg"}]'
    const read = inspectComposition(text)
    const [mistake, ...others] = mistakesOf(read)
    assert.ok(mistake)
    assert.equal(titleOfMistake(read, mistake), 'Rendition 1: a.png: fmt')
    assert.equal(mistake.offset, text.indexOf('"fmt"'))
    assert.deepEqual(others, [])
  })
})
