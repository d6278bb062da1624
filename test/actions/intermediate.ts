import { copyFile, writeFile } from 'node:fs/promises'
import { worker } from '../../src/sdk/custom-worker.ts'

/** Hands the source on as it is, and is post-processed when a rendition says `optIn`. */
export const main = worker(async (source, rendition) => {
  const { optIn, write } = rendition.instructions
  if (write === 'nothing') return
  if (write === 'failure') throw new Error('I cannot do this.')
  if (typeof write === 'string') await writeFile(rendition.path, write)
  else if (source !== undefined) await copyFile(source.path, rendition.path)
  rendition.postProcess = optIn === true
})
