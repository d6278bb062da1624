import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import type { PdfChanges } from '../../../src/engine/pdf-tools/pdf-changes.ts'
import { createPdfTools } from '../../../src/engine/pdf-tools/pdf-tools.ts'
import { openUrl } from '../../../src/fetching/open-url.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** Changes of PDFs for the tests of the enclosing `describe`. */
export function useChanges(
  options: { readonly ghostscript?: string; readonly tesseract?: string } = {},
) {
  const folder = useTemporaryFolder()
  let made = 0

  /** A file for what reads files only. */
  async function pathOf(content: Uint8Array): Promise<string> {
    made += 1
    const path = folder.pathTo(`file${made}.pdf`)
    await writeFile(path, content)
    return path
  }

  /** What becomes of a PDF, and what could not be done; whatever happens, nothing else is left in the folder. */
  async function run(
    source: Uint8Array,
    changes: PdfChanges,
    signal: AbortSignal = new AbortController().signal,
    progress: (done: number, sentence: string) => void = () => undefined,
  ): Promise<{ readonly content: Buffer; readonly remarks: readonly string[] }> {
    const path = await pathOf(source)
    const own = `${path}.job`
    await mkdir(own)
    const [files] = createPdfTools(options).run({
      sources: [{ path }],
      wanted: [changes],
      folder: own,
      fetch: openUrl,
      signal,
      progress,
    })
    try {
      const [file] = (await files) ?? []
      assert.equal(file?.mediaType, 'application/pdf')
      assert.deepEqual(await readdir(own), ['changed0'])
      return { content: await readFile(file.path), remarks: file.remarks ?? [] }
    } catch (error) {
      assert.deepEqual(await readdir(own), [])
      throw error
    }
  }

  return {
    pathOf,
    run,
    change: async (...given: Parameters<typeof run>): Promise<Buffer> => {
      const { content } = await run(...given)
      return content
    },
  }
}
