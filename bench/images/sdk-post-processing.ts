/**
 * The post-processing of Adobe's SDK, unmodified, with the steps that its lib/worker.js takes for a worker that sets
 * `rendition.postProcess`. The worker's own part is as small as it can be: its intermediate rendition is the source. What
 * the SDK does besides (digests, events, its log) is left out, in its favour.
 */
import { mkdtemp, rename, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import {
  imagePostProcess,
  needsImagePostProcess,
  prepareImagePostProcess,
} from '@adobe/asset-compute-sdk/lib/postprocessing/image.js'
import type { Wanted } from './job.ts'
import { serveJobs } from './renderer.ts'

async function postProcess(source: string, wanted: Wanted, directory: string): Promise<void> {
  const { path: target, ...instructions } = wanted
  const intermediate = {
    instructions,
    originalInstructions: instructions,
    path: path.join(directory, `rendition.${wanted.fmt}`),
    postProcess: true,
  }
  await prepareImagePostProcess(intermediate, {})
  await symlink(source, intermediate.path)
  const extension = path.extname(source).slice(1)
  if (!(await needsImagePostProcess(intermediate, { extension }))) {
    throw new Error('The SDK saw nothing to do.')
  }
  const result = { instructions, path: path.join(directory, `post.${wanted.fmt}`) }
  await imagePostProcess(intermediate, result, {})
  await rename(result.path, target)
}

serveJobs(async ({ requests }) => {
  for (const { source, renditions } of requests) {
    // One after the other: so the SDK does it.
    for (const wanted of renditions) {
      const directory = await mkdtemp(`${wanted.path}.`)
      try {
        await postProcess(source, wanted, directory)
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    }
  }
})
