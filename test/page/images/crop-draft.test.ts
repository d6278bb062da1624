import assert from 'node:assert/strict'
import {
  type CropDraft,
  draftOf,
  draftOfFound,
  newDraft,
  problemOfDraft,
  ratioOf,
  reshapeDraft,
  withDraft,
} from '../../../page/images/catalogue/crop-draft.ts'

const PICTURE = { width: 2000, height: 1000 }
const WIDE = { name: 'Wide', x: 0, y: 0, width: 1, height: 0.5, forWidth: 400, forHeight: 100 }
const FREE = { ...WIDE, name: 'Free', height: 1 }

describe('A smart crop that is being drawn', () => {
  it('begins as the largest square in the middle, under a name of its own', () => {
    const draft = newDraft([WIDE, { ...WIDE, name: 'Crop' }], PICTURE)
    assert.deepEqual(draft, {
      crop: { name: 'Crop 2', x: 0.25, y: 0, width: 0.5, height: 1, forWidth: 600, forHeight: 600 },
      of: undefined,
      keepsShape: true,
    })
  })

  it('keeps the shape of one that has it, and of no other', () => {
    assert.equal(draftOf([WIDE, FREE], 0, PICTURE)?.keepsShape, true)
    assert.equal(draftOf([WIDE, FREE], 1, PICTURE)?.keepsShape, false)
    assert.equal(draftOf([WIDE], 1, PICTURE), undefined)
  })

  it('is a new one where it was found, to be set by hand', () => {
    assert.deepEqual(draftOfFound(WIDE, PICTURE), { crop: WIDE, of: undefined, keepsShape: true })
  })

  it('gets the shape of the size that it is for, unless it is free', () => {
    const draft: CropDraft = { crop: WIDE, of: 0, keepsShape: true }
    const square = reshapeDraft(draft, { forWidth: 100 }, PICTURE).crop
    assert.equal(square.width / square.height, 0.5)
    const free = reshapeDraft({ ...draft, keepsShape: false }, { forWidth: 100 }, PICTURE).crop
    assert.deepEqual(free, { ...WIDE, forWidth: 100 })
  })

  it('has no shape as long as a size is none', () => {
    const draft = reshapeDraft({ crop: WIDE, of: 0, keepsShape: true }, { forHeight: 0 }, PICTURE)
    assert.equal(ratioOf(draft, PICTURE), undefined)
    assert.deepEqual(draft.crop, { ...WIDE, forHeight: 0 })
  })

  it('takes the place of the one that it was, or comes behind the others', () => {
    const changed = { ...FREE, x: 1 / 3, width: 2 / 3 }
    const kept = { ...FREE, x: 0.3333, width: 0.6667 }
    assert.deepEqual(withDraft([WIDE, FREE], { crop: changed, of: 0, keepsShape: false }), [
      kept,
      FREE,
    ])
    assert.deepEqual(withDraft([WIDE], { crop: changed, of: undefined, keepsShape: false }), [
      WIDE,
      kept,
    ])
  })

  const PROBLEMS: [what: string, changes: object, problem: string | undefined][] = [
    ['everything right', {}, undefined],
    ['letters of another script', { name: 'Größe 2' }, undefined],
    ['no name', { name: '' }, 'A name has letters, digits, spaces, “-” and “_”.'],
    ['a colon in its name', { name: 'a:b' }, 'A name has letters, digits, spaces, “-” and “_”.'],
    ['the name of another', { name: 'Free' }, 'Another crop has this name.'],
    ['no size', { forWidth: 0 }, 'Both sizes are whole numbers of pixels from 1 to 5000.'],
    ['half a pixel', { forHeight: 1.5 }, 'Both sizes are whole numbers of pixels from 1 to 5000.'],
    [
      'too large a size',
      { forHeight: 5001 },
      'Both sizes are whole numbers of pixels from 1 to 5000.',
    ],
  ]
  for (const [what, changes, problem] of PROBLEMS) {
    it(`${problem === undefined ? 'can be kept with' : 'is refused for'} ${what}`, () => {
      const draft = { crop: { ...WIDE, ...changes }, of: 0, keepsShape: false }
      assert.equal(problemOfDraft(draft, [WIDE, FREE]), problem)
    })
  }
})
