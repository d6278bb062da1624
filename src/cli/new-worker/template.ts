/** What a worker imports that is among the actions of Darkroom itself. */
export const OWN_IMPORTS = `import type { Rendition, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { number } from '../../src/contract/text-values.ts'
import { worker } from '../../src/sdk/custom-worker.ts'
import { readParameters } from '../../src/sdk/parameters.ts'`

/** What a worker imports in a project of its own. */
export const PACKAGE_IMPORTS = `import {
  number,
  type Rendition,
  readParameters,
  type Source,
  type WorkerParams,
  worker,
} from 'darkroom-worker'
import sharp from 'sharp'
import * as z from 'zod/mini'`

/**
 * The module of a new worker: a working one, with a parameter of its own, to be changed into what it is meant to be.
 *
 * @param imports - {@link OWN_IMPORTS} or {@link PACKAGE_IMPORTS}
 */
export function actionTemplate(name: string, imports: string): string {
  return `${imports}

/** What a request may say to this worker. AEM sends every value as a text: these schemas read "0.5" as 0.5. */
const parameters = z.object({
  /** How much of the colour stays: 0 for grey, 1 for all of it. */
  saturation: z._default(number({ min: 0, max: 1, expected: 'a number from 0 to 1' }), 0),
})

/**
 * Makes one rendition.
 *
 * @param source - the downloaded file; missing when the request has none
 * @param rendition - what was asked for, and the path to write it to
 * @param _params - the whole request, and the inputs of manifest.yml
 */
async function render(
  source: Source | undefined,
  rendition: Rendition,
  _params: WorkerParams,
): Promise<void> {
  if (source === undefined) throw new Error('There is no source in the request.')
  const { saturation } = readParameters(parameters, rendition.instructions)

  await sharp(source.path, { failOn: 'error' })
    .autoOrient()
    .modulate({ saturation })
    .png()
    .toFile(rendition.path)

  // What else was asked for (fmt, width, height, crop, watermark and so on) is then done to that file.
  rendition.postProcess = true
}

/** The \`${name}\` action. */
export const main = worker(render)
`
}
