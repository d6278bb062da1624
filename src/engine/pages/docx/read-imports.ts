import { OperationError } from '../../../base/operation-error.ts'
import { findMainPart, type Relationship } from '../../../packages/opc.ts'
import { type Package, withPackage } from '../../../packages/package.ts'
import { readCharset } from '../../../sources/format-lookup.ts'
import { identifyContent } from '../../../sources/identify.ts'
import { readFlow } from '../../markup/flow-blocks.ts'
import { readHtml } from '../../markup/read-html.ts'
import { readMhtml } from '../../markup/read-mhtml.ts'
import { readPlainText } from '../../markup/read-plain-text.ts'
import type { RichText } from '../../markup/rich-text.ts'
import {
  IMPORTED_PDF,
  type ImportedFile,
  readImportedFiles,
  UNREAD_IMPORT,
} from '../../text/imported-files.ts'
import { readRtf } from '../../text/rtf.ts'
import { decodeTextFile, readTextSource } from '../../text/text-source.ts'
import type { FlowBlock } from '../flow/blocks.ts'
import type { DocumentTools } from '../page-tools.ts'
import { toFlowBlocks } from '../text/rich-blocks.ts'

/** What files that a document imports are read with. */
interface ImportTools extends Pick<DocumentTools, 'remark'> {
  /** Reads a Word document that is in another one. */
  readonly readPackage: (parts: Package, main: string) => Promise<readonly FlowBlock[]>
}

type FileContent = Awaited<ReturnType<typeof identifyContent>>

/** What is read as a plain text, and what nothing tells to be anything else. */
const PLAIN: readonly FileContent[] = ['text', 'markdown', 'csv', 'json', undefined]

/**
 * Reads the files that a document imports, by the ids of their relationships. What cannot be read is left out, and told.
 */
export async function readImports(
  parts: Package,
  links: readonly Relationship[],
  tools: ImportTools,
): Promise<ReadonlyMap<string, readonly FlowBlock[]>> {
  const imports = new Map<string, readonly FlowBlock[]>()
  for await (const file of readImportedFiles(parts, links, tools.remark)) {
    try {
      imports.set(file.id, await readImport(file, tools))
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
      tools.remark(UNREAD_IMPORT)
    }
  }
  return imports
}

async function readImport(
  file: ImportedFile,
  { readPackage, remark }: ImportTools,
): Promise<readonly FlowBlock[]> {
  const content = await identifyContent(file.bytes, file.hints)
  if (content !== 'package') {
    const text = await readText(file, content, remark)
    if (text !== undefined) return toFlowBlocks(text.blocks)
    remark(content === 'pdf' ? IMPORTED_PDF : UNREAD_IMPORT)
    return []
  }
  return withPackage(file.bytes, async (parts) => {
    const main = await findMainPart(parts)
    if (main?.format === 'docx') return readPackage(parts, main.name)
    remark(UNREAD_IMPORT)
    return []
  })
}

/** @returns undefined for what is no text */
async function readText(
  { bytes, hints }: ImportedFile,
  content: FileContent,
  remark: (sentence: string) => void,
): Promise<RichText | undefined> {
  const declared = [readCharset(hints.mimetype)].filter((label) => label !== undefined)
  const decode = (kind: 'plain' | 'HTML' | 'XHTML'): string => decodeTextFile(bytes, kind, declared)
  if (content === 'rtf') return readFlow((flow) => readRtf([bytes], flow, remark))
  if (content === 'mhtml') return readMhtml(bytes)
  if (content === 'html') return readHtml([decode('HTML')], { language: 'HTML' })
  if (content === 'xhtml') return readHtml([decode('XHTML')], { language: 'XHTML' })
  if (content === 'xml' || content === 'xmp' || content === 'svg') {
    const kind = content === 'svg' ? 'SVG' : 'XML'
    return readFlow((flow) => {
      const write = (text: string): void => flow.lines(text)
      return readTextSource(bytes, kind, declared, { flow, write, title: false })
    })
  }
  return PLAIN.includes(content) ? readPlainText(decode('plain')) : undefined
}
