import type { Action } from '@adobe/asset-compute-sdk'
import { createBuiltInAction } from './built-in-action.ts'
import { createPictureCallback } from './picture-outline.ts'

/** The `main` of the action that makes image renditions. */
export function createImageWorker(): Action {
  return createBuiltInAction('image_worker', createPictureCallback())
}
