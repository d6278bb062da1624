import assert from 'node:assert/strict'
import { OperationError } from '../../../../src/base/operation-error.ts'
import { writePages } from '../../../../src/engine/pages/drawing/write-pages.ts'
import { createDice, mutate } from '../../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../../support/amounts.ts'
import { layOutBytes } from './rtf-pages.ts'

const COUNT = amountOf({ thoroughly: 2000, usually: 100 })

const FILE = Buffer.from(
  String.raw`{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Times New Roman;}}{\colortbl;\red255\green0\blue0;}\paperw8000\paperh6000{\header h\chpgn\par}\pard\li400\fi-200\brdrt\brdrs\brdrw10\tx900\tqr\tldot a\tab{\b\f1\fs40 b\'e4}{\field{\*\fldinst PAGE}{\fldrslt 1}}{\super\chftn{\*\footnote\pard n\par}}\par\trowd\trgaph100\clvmgf\clbrdrt\brdrs\cellx2000\clmrg\cellx4000\pard\intbl c\cell d\cell\row\pard{\listtext 1.\tab}e{\pict\pngblip\picwgoal400\pichgoal400 89504e47}{\shp{\*\shpinst\shpright900\shpbottom900{\shptxt f\par}}}\u8364?\sect\sectd\cols2 g\par}`,
  'latin1',
)

describe('damaged RTF files', function () {
  this.timeout(600_000)

  it(`have pages or a reason for none, ${COUNT} times`, async () => {
    const dice = createDice(seedOf(8))
    let laidOut = 0
    for (let nth = 0; nth < COUNT; nth += 1) {
      try {
        writePages(await layOutBytes(mutate(FILE, dice)))
        laidOut += 1
      } catch (error) {
        assert.ok(error instanceof OperationError, String(error))
      }
    }
    assert.ok(laidOut > COUNT / 10)
  })
})
