import type { Action, Rendition, Source } from '@adobe/asset-compute-sdk'
import { chooseBuiltInWorker } from '../contract/formats.ts'
import { readSelection } from '../engine/pictures/selection.ts'
import { extractText } from '../engine/text/extract-text.ts'
import { identifySource } from '../sources/identify.ts'
import { createBuiltInAction } from './built-in-action.ts'
import { createPictures } from './make-pictures.ts'
import { requireSource } from './require-source.ts'

/**
 * The `main` of the action that makes the renditions of documents: their text, and pictures of their pages by the same
 * engine that makes image renditions.
 */
export function createDocumentWorker(): Action {
  const makePicture = createPictures()
  return createBuiltInAction('document_worker', async (source, rendition, params) =>
    chooseBuiltInWorker({ fmt: rendition.instructions['fmt'] }) === 'document'
      ? makeText(source, rendition)
      : makePicture(source, rendition, params),
  )
}

async function makeText(source: Source | undefined, rendition: Rendition): Promise<void> {
  const sourcePath = requireSource(source, 'A text rendition')
  const { password } = readSelection(rendition.instructions)
  const hints = { name: source?.name, mimetype: source?.type }
  const file = await identifySource(sourcePath, hints)
  await extractText({ source: file, textPath: rendition.path, password })
  await rendition.setContentType('text/plain', 'utf-8')
}
