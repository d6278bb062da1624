import assert from 'node:assert/strict'
import { assert as assertProperty, property, shuffledSubarray } from 'fast-check'
import { FORMATS } from '../../src/renditions/formats.ts'
import { readInstructions } from '../../src/renditions/instructions.ts'

describe('readInstructions', () => {
  it('puts together what a rendition asks for', () => {
    assert.deepEqual(readInstructions({ fmt: 'jpg', width: 200, height: 100, quality: 70 }), {
      format: FORMATS.jpg,
      box: { width: 200, height: 100 },
      encoder: { quality: 70 },
    })
  })

  it('takes the strings that processing profiles send for numbers', () => {
    assert.deepEqual(
      readInstructions({ fmt: 'PNG', width: '200', height: ' 100 ', quality: '70' }),
      readInstructions({ fmt: 'png', width: 200, height: 100, quality: 70 }),
    )
  })

  it('treats an empty field as one that is not there', () => {
    assert.deepEqual(
      readInstructions({ fmt: 'png', width: '', height: null, quality: undefined }),
      readInstructions({ fmt: 'png' }),
    )
  })

  it('leaves instructions it does not know alone', () => {
    const known = { fmt: 'png', width: 10 }
    assert.deepEqual(
      readInstructions({ ...known, contrast: '0.25', userData: {}, target: 'https://a/b' }),
      readInstructions(known),
    )
  })

  it('does not depend on the order of the fields', () => {
    const fields = Object.entries({ fmt: 'webp', width: 5, height: '6', quality: 7, other: 8 })
    const shuffled = shuffledSubarray(fields, { minLength: fields.length })
    const expected = readInstructions(Object.fromEntries(fields))
    assertProperty(
      property(shuffled, (order) => {
        assert.deepEqual(readInstructions(Object.fromEntries(order)), expected)
      }),
    )
  })

  const formats = 'one of png, jpg, jpeg, webp, tif, tiff, gif'
  const pixels = 'a whole number of pixels, 1 or more'
  const quality = 'a whole number, 1 to 100'
  const refusals = [
    { bad: { fmt: 'bmp' }, message: `fmt must be ${formats}, but it is "bmp".` },
    { bad: { fmt: 7 }, message: `fmt must be ${formats}, but it is 7.` },
    { bad: { fmt: undefined }, message: `fmt is missing; it must be ${formats}.` },
    { bad: { fmt: '' }, message: `fmt is missing; it must be ${formats}.` },
    { bad: { width: 'wide' }, message: `width must be ${pixels}, but it is "wide".` },
    { bad: { width: 0 }, message: `width must be ${pixels}, but it is 0.` },
    { bad: { width: '-5' }, message: `width must be ${pixels}, but it is "-5".` },
    { bad: { height: 1.5 }, message: `height must be ${pixels}, but it is 1.5.` },
    { bad: { height: '200px' }, message: `height must be ${pixels}, but it is "200px".` },
    { bad: { height: true }, message: `height must be ${pixels}, but it is true.` },
    { bad: { height: {} }, message: `height must be ${pixels}, but it is an object.` },
    { bad: { quality: 0 }, message: `quality must be ${quality}, but it is 0.` },
    { bad: { quality: '101' }, message: `quality must be ${quality}, but it is "101".` },
    { bad: { quality: 'best' }, message: `quality must be ${quality}, but it is "best".` },
  ]

  for (const { bad, message } of refusals) {
    it(`refuses ${JSON.stringify(bad)}${'fmt' in bad && bad.fmt === undefined ? ' without a fmt' : ''}`, () => {
      const reason = 'fmt' in bad ? 'RenditionFormatUnsupported' : 'GenericError'
      assert.throws(() => readInstructions({ fmt: 'png', ...bad }), { reason, message })
    })
  }
})
