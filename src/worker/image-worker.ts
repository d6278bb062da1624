import type { Action } from '@adobe/asset-compute-sdk'
import { createPictures } from './pictures.ts'
import { createSdkAction } from './sdk-action.ts'
import { toSdkError } from './sdk-errors.ts'

/** The `main` of the action that makes image renditions. */
export function createImageWorker(): Action {
  return createSdkAction(createPictures(), (error) => toSdkError(error, 'image_worker'))
}
