import assert from 'node:assert/strict'
import { hindranceOf } from '../../../page/model/run-readiness.ts'

const SOURCE = { id: 'a', name: 'harbour.jpg', type: 'image/jpeg', size: 10 }
const READY = { uploading: [], online: true, sources: [SOURCE] }
const PNG = [{ fmt: 'png' }]

describe('A run', () => {
  for (const [what, state, renditions, expected] of [
    ['a source and a rendition', READY, PNG, undefined],
    ['a source that is on its way', { ...READY, uploading: ['b.jpg'] }, PNG, 'uploading'],
    ['no connection', { ...READY, online: false }, PNG, 'offline'],
    ['renditions that cannot be read', READY, undefined, 'unreadable'],
    ['no rendition', READY, [], 'renditions'],
    ['no source', { ...READY, sources: [] }, PNG, 'source'],
    [
      'no source for an archive of all sources',
      { ...READY, sources: [] },
      [{ fmt: 'zip' }],
      'source',
    ],
    [
      'no source for an archive that names its files',
      { ...READY, sources: [] },
      [{ fmt: 'zip', files: [{ url: 'https://example.com/a.png' }] }],
      undefined,
    ],
    [
      'no source for a worker of one’s own',
      { ...READY, sources: [] },
      [{ worker: 'https://example.com/api/v1/web/circle' }],
      undefined,
    ],
  ] as const) {
    it(`with ${what} is hindered by ${expected ?? 'nothing'}`, () => {
      assert.equal(hindranceOf(state, renditions), expected)
    })
  }
})
