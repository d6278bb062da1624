import { OperationError } from '../../../base/operation-error.ts'
import { findMainPart, type Relationship } from '../../../packages/opc.ts'
import { type Package, readWhole, withPackage } from '../../../packages/package.ts'
import { identifyContent } from '../../../sources/identify.ts'
import { readFlow } from '../../markup/flow-blocks.ts'
import { readHtml } from '../../markup/read-html.ts'
import { readMhtml } from '../../markup/read-mhtml.ts'
import { readPlainText } from '../../markup/read-plain-text.ts'
import type { RichText } from '../../markup/rich-text.ts'
import { readRtf } from '../../text/rtf.ts'
import { IMPORTED_PDF, MISSING_IMPORT, UNREAD_IMPORT } from '../../text/unread-imports.ts'
import type { FlowBlock } from '../flow/blocks.ts'
import type { DocumentTools } from '../page-tools.ts'
import { toFlowBlocks } from '../text/rich-blocks.ts'

/** The most of a file that a document imports, in bytes. */
const MOST_BYTES = 16_000_000
const TOO_LARGE = `Not read: a file that the document imports, which has more than ${MOST_BYTES / 1_000_000} MB.`

/** What files that a document imports are read with. */
interface ChunkTools extends Pick<DocumentTools, 'remark'> {
  /** Reads a Word document that is in another one. */
  readonly readPackage: (parts: Package, main: string) => Promise<readonly FlowBlock[]>
}

type FileContent = Awaited<ReturnType<typeof identifyContent>>

/** What is read as a plain text. */
const PLAIN: readonly FileContent[] = ['text', 'markdown', 'csv', 'json', 'xml', 'svg']

/**
 * Reads the files that a document imports (ECMA-376, part 1, 17.17.2), by the ids of their relationships. What cannot be read
 * is left out, and told.
 */
export async function readChunks(
  parts: Package,
  links: readonly Relationship[],
  tools: ChunkTools,
): Promise<ReadonlyMap<string, readonly FlowBlock[]>> {
  const chunks = new Map<string, readonly FlowBlock[]>()
  for (const { id, type, target } of links) {
    if (type !== 'aFChunk') continue
    if (!parts.has(target)) {
      tools.remark(MISSING_IMPORT)
      continue
    }
    const bytes = await readWhole(parts, target, MOST_BYTES)
    if (bytes === undefined) {
      tools.remark(TOO_LARGE)
      continue
    }
    try {
      chunks.set(id, await readChunk(bytes, tools))
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
      tools.remark(UNREAD_IMPORT)
    }
  }
  return chunks
}

async function readChunk(
  bytes: Buffer,
  { readPackage, remark }: ChunkTools,
): Promise<readonly FlowBlock[]> {
  const content = await identifyContent(bytes)
  if (content !== 'package') {
    const text = await readText(bytes, content)
    if (text !== undefined) return toFlowBlocks(text.blocks)
    remark(content === 'pdf' ? IMPORTED_PDF : UNREAD_IMPORT)
    return []
  }
  return withPackage(bytes, async (parts) => {
    const main = await findMainPart(parts)
    if (main?.format === 'docx') return readPackage(parts, main.name)
    remark(UNREAD_IMPORT)
    return []
  })
}

/** @returns undefined for what is no text */
async function readText(bytes: Buffer, content: FileContent): Promise<RichText | undefined> {
  if (content === 'rtf') return readFlow((flow) => readRtf([bytes], flow))
  if (content === 'mhtml') return readMhtml(bytes)
  const text = new TextDecoder().decode(bytes)
  if (content === 'html' || content === 'xhtml') return readHtml([text], { language: 'HTML' })
  return PLAIN.includes(content) ? readPlainText(text) : undefined
}
