import { composeWithin } from '../../../../image-serving/compose-kind.ts'
import type { Pictures } from '../../serving/pictures.ts'
import type { PlannedView } from '../../serving/plan-view.ts'

/** A picture as somebody looks at it before it is exported. */
export interface DrawnPreview {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

/** The longest side of it, in pixels: twice that of its place on a page. */
const SIDE = 480

/** What browsers show. */
const SHOWN: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
])

/** Draws a picture as it would be exported, but small, and as PNG where browsers do not show its format. */
export async function drawPreview(
  { job, mediaType, key, ...view }: PlannedView,
  pictures: Pick<Pictures, 'make'>,
  signal: AbortSignal,
): Promise<DrawnPreview> {
  const { encoding } = job
  const isShown = SHOWN.has(mediaType) && encoding?.pixelType !== 'cmyk'
  const small: PlannedView = {
    ...view,
    key: `${key} ${SIDE}`,
    mediaType: isShown ? mediaType : 'image/png',
    job: {
      ...job,
      composition: composeWithin(job.composition, { width: SIDE, height: SIDE }),
      encoding: encoding && {
        ...encoding,
        ...(!isShown && { format: 'png', pixelType: 'rgb', compression: 'none' }),
        profile: undefined,
        embedProfile: false,
        mostBytes: undefined,
      },
      xmpOf: undefined,
    },
  }
  const bytes = await pictures.make(small, { kept: 'off', signal })
  return { bytes, mediaType: small.mediaType }
}
