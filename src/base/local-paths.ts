import { readdirSync } from 'node:fs'
import path from 'node:path'

/** A path from the root of a file system, or the `file:` URL of one, as programs have it in their sentences. */
const PATH = /(?<![\w:./-])(?:file:\/\/)?(\/[^\s'"`<>()[\]{},;:]+)/g

/** What lies in the root of this machine, so that the paths of URLs are told from those of files. */
let roots: ReadonlySet<string> | undefined

/** Leaves of the paths of this machine in a sentence the name of the file: where it lies is nobody's business elsewhere. */
export function hideLocalPaths(text: string): string {
  return text.replaceAll(PATH, (whole, found: string) => {
    const [root = ''] = found.slice(1).split('/')
    roots ??= new Set(readdirSync('/'))
    if (!whole.startsWith('file:') && !roots.has(root)) return whole
    const end = /[.!?]*$/.exec(found)?.[0] ?? ''
    return `${path.basename(found.slice(0, found.length - end.length))}${end}`
  })
}
