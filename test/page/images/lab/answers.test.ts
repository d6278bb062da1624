import assert from 'node:assert/strict'
import { readLines } from '../../../../page/images/lab/command-lines.ts'
import { faultOf } from '../../../../page/images/lab/fault.ts'
import { readResolved } from '../../../../page/images/lab/resolved.ts'

describe('The line that the service means', () => {
  const LINES = readLines('wid=400\n$zoom$\nlayer=1\nsrc=badge\nlayer=2\nrotate=3\nwid=x\nsize=9,9')
  const CASES: readonly (readonly [sentence: string, index: number | undefined])[] = [
    ['There is no preset or macro called zoom.', 1],
    ['There is no preset or macro called inner.', 1],
    ['There is no asset called acme/shoe.', undefined],
    ['There is no asset called badge.', 3],
    ['Layer 2 shows nothing: it needs src=, text= or color=.', 4],
    ['wid=x is not wid=pixels: "x" must be a whole number.', 6],
    ['The picture would be too large: size=9,9 takes more.', 7],
    ['rotate cannot be done here.', 5],
    ['hei=3 is wrong.', undefined],
    ['The text is too long.', undefined],
  ]
  for (const [sentence, index] of CASES) {
    it(`is ${index === undefined ? 'none' : `line ${index + 1}`} in: ${sentence}`, () => {
      assert.equal(faultOf(sentence, LINES)?.index, index)
    })
  }
})

describe('What the service makes of a request', () => {
  it('is its commands in their order, and what of them changes nothing', () => {
    const answer =
      '/is/image/acme/shoe?layer=comp&wid=4&src=is{a?b=1&c=2}\n#ignored map: areas: none here\n#ignored x: unknown\n'
    assert.deepEqual(readResolved(answer), {
      commands: ['layer=comp', 'wid=4', 'src=is{a?b=1&c=2}'],
      ignored: [
        { name: 'map', why: 'areas: none here' },
        { name: 'x', why: 'unknown' },
      ],
    })
  })

  it('is nothing of a request without commands', () => {
    assert.deepEqual(readResolved('/is/image/a?\n'), { commands: [], ignored: [] })
  })
})
