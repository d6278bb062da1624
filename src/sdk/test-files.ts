import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Rendition, Source } from '@adobe/asset-compute-sdk'
import { replaceTexts, textsIn } from '../contract/instructions/named-files.ts'

/** Files of a case that its instructions do not mean, though the rendition may be called so. */
const OWN = /^(?:file|rendition\.|params\.json$|validate$|mock-)/

/**
 * Puts data URLs for the names of files that the instructions of a rendition have. In the SDK's test mode files are told by
 * their names, and lie beside the source; a worker that fetches what it is told to needs URLs.
 */
export async function takeTestFiles(
  source: Pick<Source, 'path'>,
  { instructions }: Pick<Rendition, 'instructions'>,
): Promise<void> {
  const folder = path.dirname(source.path)
  const entries = await readdir(folder, { withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !OWN.test(entry.name))
  const names = new Set(files.map(({ name }) => name))
  // Secrets are no members that anybody lists.
  const given = Object.getOwnPropertyNames(instructions).map((key) => [key, instructions[key]])
  const all = Object.fromEntries(given)
  const urls = new Map<string, string>()
  for (const text of textsIn(all)) {
    const name = typeof text === 'string' ? text.replace(/^\.\//, '') : ''
    if (!names.has(name) || typeof text !== 'string') continue
    const content = await readFile(path.join(folder, name), 'base64')
    urls.set(text, `data:application/octet-stream;base64,${content}`)
  }
  Object.assign(
    instructions,
    replaceTexts(all, (text) => urls.get(text) ?? text),
  )
}

/** Whether the SDK is in its test mode. */
export function isTestMode(): boolean {
  return Boolean(process.env['WORKER_TEST_MODE'])
}
