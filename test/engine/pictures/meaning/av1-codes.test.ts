import assert from 'node:assert/strict'
import { readAv1Codes } from '../../../../src/engine/pictures/meaning/av1-codes.ts'
import type { Codes } from '../../../../src/engine/pictures/meaning/colour-space.ts'

/** What the data of pictures begin with, as encoders have written it, and what they were told to write of its colours. */
const TABLE: Readonly<Record<string, readonly [data: string, codes: Codes | undefined]>> = {
  'PQ of a video by libaom': [
    '12000a0d00000002afff9b5f2a12201208329806',
    { primaries: 9, transfer: 16 },
  ],
  'P3 of a video by SVT-AV1': [
    '12000a0d00000002afff9f7f22181a040832f806',
    { primaries: 12, transfer: 13 },
  ],
  'nothing of a video by libaom': ['12000a0a20000002afff9b5f2040329405140022', undefined],
  'sRGB of a picture by libheif': [
    '12000a09381dfbe7da404341a432dd0444202434',
    { primaries: 1, transfer: 13 },
  ],
  'a header that ends too soon': ['12000a0d00000002afff', undefined],
  'no header': ['1200', undefined],
  'no data': ['', undefined],
}

describe('the colours of AV1', () => {
  for (const [title, [data, codes]] of Object.entries(TABLE)) {
    it(`are what the first sequence header says: ${title}`, () => {
      assert.deepEqual(readAv1Codes(Buffer.from(data, 'hex')), codes)
    })
  }
})
