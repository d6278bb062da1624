import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Rendition, Source } from '@adobe/asset-compute-sdk'
import { isRecord } from '../base/json.ts'
import { replaceTexts, textsIn } from '../contract/instructions/named-files.ts'
import { unpackText } from '../contract/text-values.ts'
import { RenditionError } from './rendition-error.ts'

/** Files of a case that its instructions do not mean, though the rendition may be called so. */
const OWN = /^(?:rendition\.|params\.json$|validate$|mock-)/

/**
 * Puts data URLs for the names of files that the instructions of renditions have. In the SDK's test mode files are told by
 * their names, and lie beside the source or in folders there; a worker that fetches what it is told to needs URLs.
 *
 * @param all - the instructions of all renditions, since a worker may make them at one go
 */
export async function takeTestFiles(
  source: Pick<Source, 'path'>,
  all: readonly Rendition['instructions'][],
): Promise<void> {
  const folder = path.dirname(source.path)
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
  const names = new Set(
    files.filter((name) => !OWN.test(name) && name !== path.basename(source.path)),
  )
  const urls = new Map<string, string>()
  for (const instructions of all) {
    // Secrets are no members that anybody lists.
    const keys = Object.getOwnPropertyNames(instructions)
    const given = Object.fromEntries(keys.map((key) => [key, unpackObject(instructions[key])]))
    for (const text of textsIn(given)) {
      if (typeof text !== 'string' || urls.has(text)) continue
      const name = path.normalize(text)
      if (!names.has(name)) continue
      const content = await readFile(path.join(folder, name), 'base64')
      urls.set(text, `data:application/octet-stream;base64,${content}`)
    }
    Object.assign(
      instructions,
      replaceTexts(given, (text) => urls.get(text) ?? text),
    )
  }
}

/** An object that a processing profile has made a text of; anything else as it is. */
function unpackObject(value: unknown): unknown {
  const unpacked = unpackText(value)
  return typeof unpacked === 'object' ? unpacked : value
}

/**
 * Says in test mode, of a watermark that is no URL, that there is no such file, which is all that somebody can have meant.
 *
 * @throws {@link RenditionError}
 */
export function requireTestMark({ watermark }: Rendition['instructions']): void {
  const image = isTestMode() && isRecord(watermark) ? watermark['image'] : undefined
  if (typeof image !== 'string' || /^[a-z][a-z\d+.-]*:/i.test(image)) return
  throw new RenditionError(
    'GenericError',
    `watermark.image must be a URL, or in test mode the name of another file of the case, but there is no ${JSON.stringify(image)} in it.`,
  )
}

/** Whether the SDK is in its test mode. */
export function isTestMode(): boolean {
  return Boolean(process.env['WORKER_TEST_MODE'])
}
