import assert from 'node:assert/strict'
import { decompressXz } from '../../../../../src/engine/pictures/conversion/tiff-pieces/xz.ts'

/** What was compressed, over and over. */
const SENTENCE = 'The quick brown fox jumps over the lazy dog. '
const TEXT = SENTENCE.repeat(20)

/** That text as `xz` compresses it with these options. */
const COMPRESSED: Readonly<Record<string, string>> = {
  '-6': '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AODADhdACoaCKIDJWbxS3jFogX/LubZ0iAarTT44h3oQTb63AZpuzzkEDQnCeuzZuPtN5jtkq3VJzzIEMAAAMVHvWpynJOvAAFUhAcAAADXsPuNscRn+wIAAAAABFla',
  '--delta=dist=4 --lzma2':
    '/Td6WFoAAATm1rRGAgEDAQMhARaXj3H84AODAEFdACoaCKIAbzk7U2F/b3B/T+Pi/vH2mDDSJxOeiFUxEEUHT4KFpwccfqJbqBBgNZ4DX04pFtg/TOlEs4J7iMl26VMAAAAAAMVHvWpynJOvAAFdhAcAAAAf4fSqscRn+wIAAAAABFla',
  '--lzma2=lc=0,lp=2,pb=0':
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AODADkSACoa2dR0RO8pRtClfuS4ZIEJWYn+mQ7JesAuCfaxbTbbuzZJTMyB+hhgJYdoGgAdVAatZTOE6kkAAAAAAADFR71qcpyTrwABVYQHAAAAcmOnRrHEZ/sCAAAAAARZWg==',
  '--lzma2=lc=4,pb=4 --check=none':
    '/Td6WFoAAAD/EtlBAgAhARYAAAB0L+Wj4AODADq4ACoaCKIDCPJgJ8rfJ/1+LWyFs5q0943z7sfc8CdfrbVi3aSTVDrcltqQq0+v2yF4I+R4cpWaP48zOQAAAAAAAU6EBwAAACqRti+oAAr8AgAAAAAAWVo=',
  '--block-size=333':
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AFMADRdACoaCKIDJWbxS3jFogX/LubZ0iAarTT44h3oQTb63AZpuzzkEDQnCeuzZuPtN5jtkjaSgAAAopiB1/yeeR8CACEBFgAAAHQv5aPgAUwANF0APAgJR5PeuASbZ8VbpcqYCPkyGua7EKeGglSNWqp1xm4L/g4oMoUKez8uQaKoVy9jDeUAAACPQclenWgJfgIAIQEWAAAAdC/lo+AA6QAzXQAwnot9CkvOGvXDTLS6PvwtP0ZyJxDTdk4Xt5SN9EplszX+2osU4BmLNk1xoGCV1I8PAAAAAGf/xDv37YCqAANQzQJQzQJP6gEApV702hQXOzADAAAAAARZWg==',
}

describe('a piece of the .xz format', () => {
  for (const [options, packed] of Object.entries(COMPRESSED)) {
    it(`is decompressed: ${options}`, () => {
      assert.equal(decompressXz(Buffer.from(packed, 'base64'), TEXT.length).toString(), TEXT)
    })
  }

  const [whole = ''] = Object.values(COMPRESSED)
  const packed = Buffer.from(whole, 'base64')

  it('is damaged when it has more than there may be', () => {
    assert.throws(() => decompressXz(packed, TEXT.length - 1), { name: 'IncompleteFile' })
  })

  it('is damaged when it ends too soon, and when it is something else', () => {
    for (const bytes of [packed.subarray(0, 40), packed.subarray(0, 14), Buffer.from(TEXT)])
      assert.throws(() => decompressXz(bytes, TEXT.length), { name: 'IncompleteFile' })
  })
})
