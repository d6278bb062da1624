import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** What a copied snippet may take: curl, and what each system with bash has, that of Git for Windows too. */
const PLAIN = 'awk base64 bash cat curl grep mkdir mktemp rm sed sh touch tr wc'.split(' ')

/** A PATH for the tests of the enclosing `describe`, with these programs and no Node.js. */
export function usePlainPath(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-programs-'))
  after(() => rmSync(folder, { recursive: true }))
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  for (const name of PLAIN) {
    const program = folders.map((each) => path.join(each, name)).find((each) => existsSync(each))
    if (program !== undefined) symlinkSync(program, path.join(folder, name))
  }
  return folder
}
