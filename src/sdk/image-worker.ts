import type { Action } from '@adobe/asset-compute-sdk'
import { createBuiltInAction } from './built-in-action.ts'
import { createOfficePages, type LayOut } from './office-pages.ts'
import { createPictureCallback } from './picture-outline.ts'
import { layOutPostScript } from './postscript-pages.ts'

/**
 * The `main` of the action that makes image renditions; of office files by the LibreOffice of the machine, and of PostScript by its
 * Ghostscript, if there are such.
 */
export function createImageWorker(): Action {
  const layOutOffice = createOfficePages()
  const layOut: LayOut = async (source, rendition, params) => {
    const path = await layOutOffice(source, rendition, params)
    return path === source.path ? layOutPostScript(source, rendition, params) : path
  }
  return createBuiltInAction('image_worker', createPictureCallback(layOut))
}
