import type { Action, Rendition, Source } from '@adobe/asset-compute-sdk'
import { chooseBuiltInWorker, isMarkupFormat, readFormat } from '../contract/actions.ts'
import { markup } from '../engine/markup/markup.ts'
import { text } from '../engine/text/text.ts'
import { createBuiltInAction } from './built-in-action.ts'
import { readSelection } from './parameters.ts'
import { createPictureCallback } from './picture-outline.ts'
import { makeRendition, prepareJob, requireSource } from './rendition-job.ts'

/**
 * The `main` of the action that makes the renditions of documents: their text, plain or with markup, and pictures of their pages by the
 * same engine that makes image renditions.
 */
export function createDocumentWorker(): Action {
  const makePicture = createPictureCallback()
  return createBuiltInAction('document_worker', async (source, rendition, params) =>
    chooseBuiltInWorker({ fmt: rendition.instructions['fmt'] }) === 'document'
      ? makeText(source, rendition)
      : makePicture(source, rendition, params),
  )
}

async function makeText(source: Source | undefined, rendition: Rendition): Promise<void> {
  const path = requireSource(source, 'A text rendition')
  const { password } = readSelection(rendition.instructions)
  const job = prepareJob(rendition, [{ path, name: source?.name, mediaType: source?.type }])
  const fmt = readFormat(rendition.instructions['fmt'])
  if (!isMarkupFormat(fmt)) return makeRendition(text, job, { password }, rendition)
  const to = fmt === 'html' ? 'html' : 'md'
  await makeRendition(markup, job, { to, password }, rendition)
}
