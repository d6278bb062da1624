import type { ImagesOverview } from '../../src/doors/page/images/asset-shapes.ts'

/** What the page knows of the assets of Image Serving. */
export interface ImagesState {
  /** Undefined until it was asked for. */
  readonly overview?: ImagesOverview | undefined
  /** Why it could not be had. */
  readonly problem?: string | undefined
}

/** What is known of them at first. */
export const NO_IMAGES: ImagesState = {}
