import { OperationError } from '../../../base/operation-error.ts'
import { openMhtml } from '../../../packages/mhtml.ts'
import { findMainPart, type Relationship } from '../../../packages/opc.ts'
import { type Package, readWhole, withPackage } from '../../../packages/package.ts'
import { identifyContent } from '../../../sources/identify.ts'
import { readFlow } from '../../markup/flow-blocks.ts'
import { readHtml } from '../../markup/read-html.ts'
import { readPlainText } from '../../markup/read-plain-text.ts'
import type { RichText } from '../../markup/rich-text.ts'
import { readRtf } from '../../text/rtf.ts'
import type { FlowBlock } from '../flow/blocks.ts'
import { toFlowBlocks } from '../text/rich-blocks.ts'

/** The most of a file that a document imports, in bytes. */
const MOST_BYTES = 16_000_000

/** Reads a Word document that is in another one. */
export type ReadPackage = (parts: Package, main: string) => Promise<readonly FlowBlock[]>

/**
 * Reads the files that a document imports (ECMA-376, part 1, 17.17.2), by the ids of their relationships. What cannot be read
 * is left out.
 */
export async function readChunks(
  parts: Package,
  links: readonly Relationship[],
  readPackage: ReadPackage,
): Promise<ReadonlyMap<string, readonly FlowBlock[]>> {
  const chunks = new Map<string, readonly FlowBlock[]>()
  for (const { id, type, target } of links) {
    if (type !== 'aFChunk' || !parts.has(target)) continue
    const bytes = await readWhole(parts, target, MOST_BYTES)
    if (bytes === undefined) continue
    try {
      chunks.set(id, await readChunk(bytes, readPackage))
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
    }
  }
  return chunks
}

async function readChunk(bytes: Buffer, readPackage: ReadPackage): Promise<readonly FlowBlock[]> {
  const content = await identifyContent(bytes)
  if (content !== 'package') return toFlowBlocks((await readText(bytes, content)).blocks)
  return withPackage(bytes, async (parts) => {
    const main = await findMainPart(parts)
    return main?.format === 'docx' ? readPackage(parts, main.name) : []
  })
}

async function readText(
  bytes: Buffer,
  content: Awaited<ReturnType<typeof identifyContent>>,
): Promise<RichText> {
  if (content === 'rtf') return readFlow((flow) => readRtf([bytes], flow))
  if (content === 'mhtml') {
    const page = await openMhtml(bytes)
    return 'text' in page ? readPlainText(page.text) : readHtml([page.html], { language: 'HTML' })
  }
  const text = new TextDecoder().decode(bytes)
  return content === 'html' || content === 'xhtml'
    ? readHtml([text], { language: 'HTML' })
    : readPlainText(text)
}
