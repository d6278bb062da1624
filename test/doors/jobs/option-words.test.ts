import assert from 'node:assert/strict'
import { inWordsOfTasks } from '../../../src/doors/jobs/tasks/option-words.ts'

describe('a sentence of an action, in the words of tasks', () => {
  const SENTENCES: readonly (readonly [said: string, told: string])[] = [
    [
      'The rendition could not be made as small as the 100 bytes of targetSize; the smallest that could be had has 240.',
      'The rendition could not be made as small as the 100 bytes of target_size; the smallest that could be had has 240.',
    ],
    [
      'Between trimStart and trimEnd there must be a part, but they are at 2 and 1 seconds.',
      'Between trim_start and trim_end there must be a part, but they are at 2 and 1 seconds.',
    ],
    [
      'https://a.test/targetSize has no element for "targetSize \\" targetSize", which waitForElement is.',
      'https://a.test/targetSize has no element for "targetSize \\" targetSize", which wait_for_element is.',
    ],
    ['mytargetSize and targetSizes stay.', 'mytargetSize and targetSizes stay.'],
  ]
  for (const [said, told] of SENTENCES) {
    it(`says: ${told}`, () => assert.equal(inWordsOfTasks(said), told))
  }
})
