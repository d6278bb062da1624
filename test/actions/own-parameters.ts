import { writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { worker } from '../../src/sdk/custom-worker.ts'
import { readParameters } from '../../src/sdk/parameters.ts'

const parameters = z.object({ files: z.array(z.string()), password: z.string() })

/** Writes its parameters, whose names those of built-in workers have as well. */
export const main = worker(async (_source, rendition) => {
  const own = readParameters(parameters, rendition.instructions)
  await writeFile(rendition.path, JSON.stringify(own))
})
