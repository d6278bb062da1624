import type { Action } from '@adobe/asset-compute-sdk'
import { createBuiltInAction } from './built-in-action.ts'
import { createOfficePages } from './office-pages.ts'
import { createPictureCallback } from './picture-outline.ts'

/** The `main` of the action that makes image renditions; of office files by the LibreOffice of the machine, if there is one. */
export function createImageWorker(): Action {
  return createBuiltInAction('image_worker', createPictureCallback(createOfficePages()))
}
