import type { ColourProfile } from '../encoding.ts'
import type { Raster } from '../raster.ts'

/** A picture whose colours are to be converted as libvips cannot. */
export interface IccTask extends Pick<Raster, 'width' | 'height'> {
  readonly samples: Uint8Array
  /** As ImageMagick calls how its bytes are. */
  readonly layout: 'RGB' | 'RGBA'
  /** The profile of its colours, and that of what they become. */
  readonly from: Uint8Array
  readonly to: Uint8Array
  readonly intent: ColourProfile['intent']
  readonly blackPoint: boolean
}
