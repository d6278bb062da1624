import assert from 'node:assert/strict'
import { OperationError } from '../../../../src/base/operation-error.ts'
import { writePages } from '../../../../src/engine/pages/drawing/write-pages.ts'
import { readLegacy } from '../../../../src/packages/compound.ts'
import { createDice, mutate } from '../../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../../support/amounts.ts'
import { layOutStreams, longs, pptFile, shape, shorts, text } from './ppt-file.ts'

const COUNT = amountOf({ thoroughly: 1000, usually: 100 })

const MADE = pptFile({
  slides: [
    {
      shapes: [
        shape({ box: [0, 0, 900, 900], kind: 2, text: text('a\rb') }),
        shape({
          box: [0, 0, 900, 900],
          kind: 0,
          properties: [
            [384, 7],
            [325, Buffer.concat([shorts(3, 3, 0xfff0), shorts(0, 0, 9, 0, 5, 9)])],
            [326, shorts(4, 4, 2, 0x4000, 2, 0x6001, 0x8000)],
          ],
        }),
        shape({ box: [0, 0, 9, 9], kind: 75, properties: [[260, 1]] }),
      ],
      outline: text('told', longs(5, 0, 0x3f_ffff, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    },
  ],
})

/** What a program has written. */
function readDeck(): ReadonlyMap<string, Buffer> {
  const document = readLegacy('test/engine/text/legacy/deck.ppt')
  const names = ['PowerPoint Document', 'Current User', 'Pictures']
  return new Map(names.map((name) => [name, document?.streams(name) ?? Buffer.alloc(0)]))
}

describe('damaged PPT files', function () {
  this.timeout(600_000)

  for (const [title, read] of [
    ['one that is made', () => MADE],
    ['one of a program', readDeck],
  ] as const) {
    it(`have pages or none: ${title}, ${COUNT} times`, async () => {
      const streams = read()
      const whole = streams.get('PowerPoint Document') ?? Buffer.alloc(0)
      const dice = createDice(seedOf(3))
      let laidOut = 0
      for (let nth = 0; nth < COUNT; nth += 1) {
        const damaged = new Map(streams)
        damaged.set('PowerPoint Document', mutate(whole, dice))
        try {
          const pages = await layOutStreams(damaged)
          if (pages === undefined) continue
          writePages(pages)
          laidOut += 1
        } catch (error) {
          assert.ok(error instanceof OperationError, String(error))
        }
      }
      assert.ok(laidOut > 0)
    })
  }
})
