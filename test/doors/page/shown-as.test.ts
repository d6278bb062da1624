import assert from 'node:assert/strict'
import { shownAs } from '../../../src/doors/page/shown-as.ts'
import type { ShownAs } from '../../../src/doors/page/work/work-shapes.ts'

describe('what a file is shown as', () => {
  const rules: [type: string, shown: ShownAs][] = [
    ['image/jpeg', 'picture'],
    ['application/pdf', 'picture'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'picture'],
    ['image/svg+xml', 'picture'],
    ['application/rdf+xml', 'xml'],
    ['application/atom+xml', 'xml'],
    ['text/markdown', 'text'],
    ['application/zip', 'archive'],
    // What is in them is not listed.
    ['application/x-7z-compressed', 'nothing'],
    ['application/gzip', 'nothing'],
    ['video/mp4', 'video'],
    ['video/quicktime', 'video'],
    ['audio/mpeg', 'audio'],
    ['font/woff2', 'font'],
    ['application/octet-stream', 'nothing'],
  ]
  for (const [type, shown] of rules) {
    it(`is ${shown} for ${type}`, () => assert.equal(shownAs(type), shown))
  }
})
