/**
 * Loaded into a process before its program (`--import`): what it reads in `/in` and writes into `/out` is in folders of the run.
 * In test mode Adobe's SDK has its files there, since Adobe's command runs it in a container in which they are mounted.
 */
import fs, { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'
import { mapPaths } from './mapped-paths.ts'
import { foldersSchema } from './test-folders.ts'

const folders = foldersSchema.parse(
  JSON.parse(
    readFileSync(fileURLToPath(new URL(import.meta.url).searchParams.get('folders') ?? ''), 'utf8'),
  ),
)

for (const api of [fs, fs.promises]) {
  for (const [name, found] of Object.entries(api)) {
    // What begins with a capital is a class.
    if (typeof found !== 'function' || !/^[a-z]/.test(name)) continue
    const mapped = function (this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(found, this, mapPaths(name, args, folders))
    }
    Object.defineProperties(mapped, Object.getOwnPropertyDescriptors(found))
    Reflect.set(api, name, mapped)
  }
}
syncBuiltinESMExports()
