import assert from 'node:assert/strict'
import { OPTIMIZE } from '../../../src/doors/jobs/operations/picture-tasks.ts'
import type { InputFile } from '../../../src/doors/jobs/tasks/input-file.ts'

const ANIMATION = {
  filename: 'moving.png',
  object: 'jobs/1/moving.png',
  size: 1,
  contentType: 'image/png',
  content: 'png',
  mayHoldSeveral: true,
} satisfies InputFile

const plan = (options: object, file: InputFile) =>
  OPTIMIZE.plan({ ...options }, [file], 0, [], {}, [])

describe('the task optimize', () => {
  const refusal =
    /^target_size and colorspace are for files of one picture, but moving\.png is an animation/

  for (const options of [{ target_size: 100 }, { colorspace: 'grayscale' }]) {
    it(`loses no pictures of an animation for ${Object.keys(options).join()}`, () => {
      assert.throws(() => plan(options, ANIMATION), { code: 'INVALID_OPTIONS', message: refusal })
      assert.partialDeepStrictEqual(plan(options, { ...ANIMATION, mayHoldSeveral: false }), [
        { action: 'worker' },
      ])
    })
  }

  it('takes an animation that nothing is wanted of but to be small', () => {
    assert.partialDeepStrictEqual(plan({ colorspace: 'unchanged' }, ANIMATION), [
      { instructions: { fmt: 'png', optimize: 'web' } },
    ])
  })
})
