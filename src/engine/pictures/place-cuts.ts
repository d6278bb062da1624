import type { Sharp } from 'sharp'
import { OperationError } from '../../base/operation-error.ts'
import { findInterest, LOOKED_AT } from './attention.ts'
import { decodeSource } from './decode-view.ts'
import { type Size, scale, scaleToFit } from './dimensions.ts'
import { openDecoded, toMemory } from './memory.ts'
import type { PictureOptions, Step } from './options.ts'
import { isCut, isWholeBox } from './plan.ts'
import type { Source } from './source.ts'

/** A small picture of a source. */
interface Look {
  readonly picture: Sharp
  readonly size: Size
}

/**
 * Says of cuts that are to keep what matters where in the source that is: it has to be looked at for that, while what is
 * planned afterwards is sizes alone. Of a damaged source nothing is said, since whoever decodes it will find that, too.
 *
 * @throws {@link OperationError} what may be gone by the time that it is decoded: it took too long, or too much memory
 */
export async function placeCuts(
  source: Source,
  wanted: readonly PictureOptions[],
): Promise<readonly PictureOptions[]> {
  let looked: Promise<Look> | undefined
  const look = (): Promise<Look> => {
    looked ??= lookAt(source)
    return looked
  }
  return Promise.all(
    wanted.map(async (options) => ({
      ...options,
      steps: await Promise.all(options.steps.map((step) => placeCut(step, look))),
    })),
  )
}

async function placeCut(step: Step, look: () => Promise<Look>): Promise<Step> {
  if (step.step !== 'fit' || step.keep === undefined) return step
  if (!isWholeBox(step) || !isCut(step)) return step
  try {
    const { picture, size } = await look()
    const { left, top, width, height } = await findInterest(picture, size, step, step.keep)
    return { ...step, at: { x: shareOf(left, width), y: shareOf(top, height) } }
  } catch (error) {
    // Nobody would see that the cut is another one.
    if (error instanceof OperationError) throw error
    return step
  }
}

async function lookAt(source: Source): Promise<Look> {
  const factor = scaleToFit(source, { width: LOOKED_AT, height: LOOKED_AT })
  const size = scale(source, typeof source.input === 'string' ? Math.min(1, factor) : factor)
  const view = { ...size, region: undefined, animated: false, background: undefined }
  return { picture: openDecoded(await toMemory(await decodeSource(source, view))), size }
}

/** Where a part begins, as a share of how far it could be moved. */
function shareOf(start: number, length: number): number {
  return length >= 1 ? 0.5 : Math.min(1, start / (1 - length))
}
