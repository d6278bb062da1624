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

  return {
    pathOf,
    /** What becomes of a PDF; whatever happens, nothing else is left in the folder. */
    change: async (
      source: Uint8Array,
      changes: PdfChanges,
      signal: AbortSignal = new AbortController().signal,
      progress: (done: number, sentence: string) => void = () => undefined,
    ): Promise<Buffer> => {
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
        return await readFile(file.path)
      } catch (error) {
        assert.deepEqual(await readdir(own), [])
        throw error
      }
    },
  }
}
