import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'

const names = z.record(z.string(), z.string())

const packageSchema = z.object({
  version: z.string(),
  description: z.string(),
  license: z.string(),
  dependencies: names,
})

/** What the package.json of the repository says that those of packages say as well. */
export async function readRootPackage(root: string): Promise<z.infer<typeof packageSchema>> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8')
  return packageSchema.parse(JSON.parse(text))
}
