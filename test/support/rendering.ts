import assert from 'node:assert/strict'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import { identifyPicture } from '../../src/engine/pictures/identify-picture.ts'
import { probeSource } from '../../src/engine/pictures/probe.ts'
import {
  type RenditionFile,
  type RenditionOrder,
  startRenditions as start,
} from '../../src/engine/pictures/render.ts'
import { MAX_SOURCE_PIXELS, type Source } from '../../src/engine/pictures/source.ts'
import { readPictureOptions } from '../../src/sdk/picture-outline.ts'
import { toRenditionError } from '../../src/sdk/sdk-errors.ts'

/** A rendition as a request asks for it, and the path of the file to write. */
export interface RequestedRendition {
  readonly instructions: Instructions
  readonly path: string
}

/**
 * The engine with its usual limit, asked in the words of Asset Compute and answering in them; `watermarks` are the ones to
 * be had, by URL.
 */
export function startRenditions(
  source: string,
  requested: readonly RequestedRendition[],
  watermarks: Readonly<Record<string, Buffer>> = {},
): readonly Promise<RenditionFile>[] {
  const orders: RenditionOrder[] = []
  const places = requested.map(({ instructions, path }) => {
    try {
      return orders.push({ options: readPictureOptions(instructions), path }) - 1
    } catch (error) {
      return error
    }
  })
  const made = identifyPicture(source).then((file) =>
    start(file, orders, {
      maxPixels: MAX_SOURCE_PIXELS,
      loadWatermark: async (url) => watermarks[url] ?? assert.fail(`there is no watermark ${url}`),
      signal: new AbortController().signal,
    }),
  )
  made.catch(() => undefined)
  const files = places.map(async (place) => {
    if (typeof place !== 'number') throw place
    try {
      const file = (await made)[place]
      return await (file ?? assert.fail(`there is no rendition ${place}`))
    } catch (error) {
      throw toRenditionError(error)
    }
  })
  void Promise.allSettled(files)
  return files
}

const FIRST_PAGE = { page: 1, password: undefined }

/** What the engine knows of a source before it decodes it. */
export async function probe(path: string): Promise<Source> {
  return probeSource(await identifyPicture(path), FIRST_PAGE, {
    maxPixels: MAX_SOURCE_PIXELS,
    workFolder: `${path}.source`,
  })
}
