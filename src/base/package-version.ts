import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'

const packageSchema = z.object({ version: z.string() })

/** The version of Darkroom, as its package.json has it. */
export function readPackageVersion(): string {
  const file = path.resolve(import.meta.dirname, '..', '..', 'package.json')
  return packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version
}
