import type { Action } from '@adobe/asset-compute-sdk'
import { isTextRendition } from '../contract/actions.ts'
import { createBuiltInAction } from './built-in-action.ts'
import { readRecognition } from './pdf-changes.ts'
import { createPictureCallback } from './picture-outline.ts'
import { remark } from './remarks.ts'
import { makeText, textSource } from './text-rendition.ts'

/** What is said where `ocr` comes to an action that cannot do it. */
const NO_RECOGNITION =
  'ocr makes no difference in the action document; the action ocr of the service recognises text.'

/**
 * The `main` of the action that makes the renditions of documents: their text, plain or with markup, and pictures of their pages by the
 * same engine that makes image renditions.
 */
export function createDocumentWorker(): Action {
  const makePicture = createPictureCallback()
  return createBuiltInAction('document_worker', async (source, rendition, params) => {
    const { instructions } = rendition
    if (!isTextRendition(instructions)) return makePicture(source, rendition, params)
    if (readRecognition(instructions) !== undefined) remark(rendition, [NO_RECOGNITION])
    return makeText(textSource(source), rendition)
  })
}
