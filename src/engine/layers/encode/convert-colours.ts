import { OperationError } from '../../../base/operation-error.ts'
import { createThread } from '../../../tasks/thread.ts'
import type { ColourProfile, WrittenColours } from '../encoding.ts'
import type { Raster } from '../raster.ts'
import { readColourProfile, readWorkingProfile } from './icc-profile.ts'
import type { IccTask } from './icc-task.ts'

/** Five times what the largest views take on two cores of a cloud machine. */
const LONGEST_MS = 60_000

/** As much memory as an idle thread may keep, in bytes: what a view of some megapixels has left. */
const MOST_HELD_BYTES = 256_000_000

const { run } = createThread<(task: IccTask) => Uint8Array | undefined>({
  module: new URL('./icc-thread.ts', import.meta.url),
  longestMs: LONGEST_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/** Whether colours are wanted as libvips does not convert them: it does so for photos (perceptual), and black by the profile. */
export function isBeyondLibvips({ intent, blackPoint }: ColourProfile): boolean {
  return blackPoint || intent !== 'perceptual'
}

/**
 * Converts colours with the intent that is asked for, by ImageMagick.
 *
 * @returns a TIFF that has the profile in it
 * @throws {@link OperationError} profile_unusable
 */
export async function convertColours(
  { pixels, width, height, channels }: Raster,
  { pixelType, profile }: WrittenColours & { readonly profile: ColourProfile },
): Promise<Uint8Array> {
  const { intent, blackPoint, name } = profile
  const from = await readWorkingProfile()
  const to = await readColourProfile(profile)
  const layout = channels === 4 ? 'RGBA' : 'RGB'
  const task = { samples: pixels, layout, width, height, intent, blackPoint } as const
  const made = from && to && (await run({ ...task, from, to }))
  if (made === undefined) throw new OperationError('profile_unusable', { name, pixelType })
  return made
}
