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
  for (const options of [{ target_size: 100 }, { colorspace: 'grayscale' }]) {
    it(`leaves it to the engine what becomes of an animation for ${Object.keys(options).join()}`, () => {
      assert.partialDeepStrictEqual(plan(options, ANIMATION), [{ action: 'worker' }])
    })
  }

  it('takes an animation that nothing is wanted of but to be small', () => {
    assert.partialDeepStrictEqual(plan({ colorspace: 'unchanged' }, ANIMATION), [
      { instructions: { fmt: 'png', optimize: 'web' } },
    ])
  })

  const SIZES: readonly (readonly [Readonly<Record<string, string>>, string | undefined])[] = [
    [{}, 'Could not be made smaller, and so stays as it is: moving.png.'],
    [{ colorspace: 'unchanged' }, 'Could not be made smaller, and so stays as it is: moving.png.'],
    [{ colorspace: 'grayscale' }, undefined],
  ]
  for (const [payload, told] of SIZES) {
    it(`tells of as many bytes ${told === undefined ? 'nothing' : 'that they stay'}: ${JSON.stringify(payload)}`, () => {
      assert.equal(OPTIMIZE.tell?.([ANIMATION], [ANIMATION], payload), told)
    })
  }
})
