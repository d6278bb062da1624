import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import type { Reason } from '../../../src/base/errors.ts'
import { extractText, type TextRequest } from '../../../src/engine/text/extract-text.ts'
import { RenditionError } from '../../../src/sdk/rendition-error.ts'
import { toRenditionError } from '../../../src/sdk/sdk-errors.ts'
import type { Hints } from '../../../src/sources/format-lookup.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

type Options = Omit<TextRequest, 'source' | 'textPath'> & Hints

/** Extracts text from bytes, in a folder for the tests of the enclosing `describe`. */
export function useExtraction() {
  const folder = useTemporaryFolder()
  let count = 0

  async function extract(
    content: Buffer | string,
    { name, mimetype, ...options }: Options = {},
  ): Promise<string> {
    count += 1
    const sourcePath = folder.pathTo(`source${count}`)
    const textPath = folder.pathTo(`text${count}`)
    await writeFile(sourcePath, content)
    try {
      const source = await identifySource(sourcePath, { name, mimetype })
      await extractText({ source, textPath, ...options })
    } catch (error) {
      assert.ok(!existsSync(textPath), 'a failure leaves no text')
      throw error
    }
    return readFile(textPath, 'utf8')
  }

  /** Asserts that a source has such a text. */
  async function assertText(
    source: Buffer | string,
    text: string,
    options: Options = {},
  ): Promise<void> {
    assert.equal(await extract(source, options), text)
  }

  /** Asserts that a source fails with a reason and a sentence of Asset Compute. */
  async function assertFails(
    source: Buffer | string,
    reason: Reason,
    sentence: RegExp,
    options: Options = {},
  ): Promise<void> {
    await assert.rejects(extract(source, options), (failure) => {
      const error = toRenditionError(failure)
      assert.ok(error instanceof RenditionError, String(error))
      assert.equal(error.reason, reason)
      assert.match(error.message, sentence)
      return true
    })
  }

  return { folder, extract, assertText, assertFails }
}
