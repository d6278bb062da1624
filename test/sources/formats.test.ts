import assert from 'node:assert/strict'
import { formatIds, formatOfExtension, formatOfMediaType } from '../../src/sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../src/sources/formats.ts'

describe('the table of formats', () => {
  for (const id of formatIds()) {
    const { extensions, mediaType } = KNOWN_FORMATS[id]

    it(`is found by the extensions and the media type of ${id}, which no other has`, () => {
      assert.deepEqual(
        extensions.map((extension) => formatOfExtension(extension)),
        extensions.map(() => id),
      )
      assert.equal(formatOfMediaType(mediaType.toLowerCase()), id)
    })
  }

  it('knows nothing of what is in no row', () => {
    assert.equal(formatOfExtension('constructor'), undefined)
    assert.equal(formatOfMediaType('application/octet-stream'), undefined)
  })

  it('has names for fmt that mean one format each', () => {
    const names = formatIds().flatMap((id) => {
      const format = KNOWN_FORMATS[id]
      return 'fmt' in format ? [...format.fmt] : []
    })
    assert.equal(new Set(names).size, names.length)
  })
})
