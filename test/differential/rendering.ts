import assert from 'node:assert/strict'
import { activate } from '../cases/activation.ts'
import { type Picture, readPictures } from './comparing.ts'
import type { FileServer } from './file-server.ts'
import type { DrawnInstructions } from './instructions.ts'

/** Ours, and the SDK's with ImageMagick. */
const ACTIONS = {
  ours: new URL('../../actions/worker/index.ts', import.meta.url),
  theirs: new URL('../actions/imagemagick-worker.ts', import.meta.url),
}

/**
 * Has an action make renditions.
 *
 * @param source - a file of the server
 * @returns of each rendition a picture, or the sentence that says why there is none
 */
export async function render(
  by: keyof typeof ACTIONS,
  server: FileServer,
  source: string,
  renditions: readonly DrawnInstructions[],
): Promise<readonly (Picture | string)[]> {
  const names = renditions.map((_, index) => `${by}${index}`)
  const { events, log } = await activate(ACTIONS[by], {
    source: { url: server.url(source) },
    renditions: renditions.map((rendition, index) => ({
      ...rendition,
      target: server.url(`${by}${index}`),
    })),
  })
  assert.equal(events.length, renditions.length, log)
  const paths = names.map(server.pathTo)
  const pictures = await readPictures(
    paths.filter((_, index) => events[index]?.type === 'rendition_created'),
  )
  return paths.map(
    (path, index) => pictures.get(path) ?? events[index]?.errorMessage ?? 'no reason',
  )
}
