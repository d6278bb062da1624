import assert from 'node:assert/strict'
import { strings } from '../../page/strings.ts'

describe('what the page says of the storage', () => {
  const hint = 'DARKROOM_STORAGE_GB and DARKROOM_STORAGE_DAYS say otherwise.'
  const cases: [kept: Parameters<typeof strings.actions.storage>[0], said: string][] = [
    [
      { bytes: 1_200_000_000, mostBytes: 50e9, longestMs: 30 * 86_400_000 },
      'The storage has 1200 MB of 50 GB, and keeps what clients put there for 30 days.',
    ],
    [
      { bytes: 0, mostBytes: null, longestMs: null },
      'The storage has 0 bytes of as much as the disk has, and keeps what clients put there for ever.',
    ],
  ]
  for (const [kept, said] of cases) {
    it(said, () => assert.equal(strings.actions.storage(kept), `${said} ${hint}`))
  }
})
