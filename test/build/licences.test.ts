import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { licencesFor } from '../../src/build/licences.ts'

/** A line of each text. */
const LINES: Readonly<Record<string, RegExp>> = {
  'LICENSE.Apache-2.0.txt': /Apache License\s+Version 2\.0/,
  'LICENSE.Artistic-1.0-Perl.txt': /The "Artistic License"/,
  'LICENSE.GPL-1.0.txt': /GNU GENERAL PUBLIC LICENSE\s+Version 1/,
  'LICENSE.BSD-2-Clause.txt': /OpenJPEG[^]*Redistribution and use in source and binary forms/,
  'LICENSE.GPL-3.0.txt': /GNU GENERAL PUBLIC LICENSE\s+Version 3/,
  'LICENSE.LGPL-3.0.txt': /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/,
  'LICENSE.MPL-1.1.txt': /MOZILLA PUBLIC LICENSE\s+Version 1\.1/i,
}

describe('the texts of licences', () => {
  for (const name of [
    '@img/sharp-libvips-linux-x64',
    'exiftool-vendored.pl',
    '@6over3/zeroperl-ts',
    '@neslinesli93/qpdf-wasm',
    '@cornerstonejs/codec-openjpeg',
  ]) {
    it(`are there for ${name}`, () => {
      const found = licencesFor(name)
      assert.ok(found.size > 0)
      for (const [called, file] of found) {
        assert.match(readFileSync(file, 'utf8'), LINES[called] ?? assert.fail(called))
      }
    })
  }

  it('are not added to packages that bring them', () => {
    assert.equal(licencesFor('harfbuzzjs').size, 0)
  })
})
