import { readFileSync } from 'node:fs'
import { readLegacy } from '../../../packages/compound.ts'
import { unreadKind } from '../../../packages/document-errors.ts'
import { identifyPackage } from '../../../packages/package-format.ts'
import type { IdentifiedSource } from '../../../sources/identify.ts'
import { readFlow } from '../../markup/flow-blocks.ts'
import { readMhtml } from '../../markup/read-mhtml.ts'
import type { RichText } from '../../markup/rich-text.ts'
import { readInto } from '../../text/extract-here.ts'
import { textKindOf } from '../../text/text-kind.ts'
import type { Page } from '../drawing/page.ts'
import type { FlowMargin, FlowSection } from '../flow/blocks.ts'
import { layPages } from '../flow/lay-pages.ts'
import type { DocumentTools } from '../page-tools.ts'
import { layOutOutline } from './outline-slides.ts'
import { toFlowBlocks } from './rich-blocks.ts'

/** A document of which no more is known than its text. */
export interface TextDocument {
  readonly source: IdentifiedSource
  readonly password: string | undefined
  /** Where there may be files meanwhile. */
  readonly scratchPath: string
}

/** A4, in points. */
const PAGE = { width: 595.3, height: 841.9 }
const MARGIN = 64

const NOTHING: FlowMargin = { distance: 0, blocksOf: () => [] }

/**
 * Lays out the text of a document, with its headings, lists and tables as far as its format has them, on pages of A4, or on slides where
 * it is a presentation.
 *
 * @throws {@link OperationError} for a source that is damaged, encrypted, too large, or has no text
 */
export async function layOutText(
  document: TextDocument,
  tools: DocumentTools,
): Promise<readonly Page[]> {
  const text = await readText(document, tools.remark)
  if (await isPresentation(document.source)) return layOutOutline(text.blocks, tools)
  const width = PAGE.width - 2 * MARGIN
  const section: FlowSection = {
    ...PAGE,
    margins: { left: MARGIN, top: MARGIN, right: MARGIN, bottom: MARGIN },
    columns: [{ left: 0, width }],
    isContinuous: false,
    blocks: toFlowBlocks(text.blocks),
    header: NOTHING,
    footer: NOTHING,
    firstNumber: undefined,
  }
  return layPages([section], tools)
}

async function isPresentation({ path, content }: IdentifiedSource): Promise<boolean> {
  if (content === 'compound') return readLegacy(path)?.id === 'ppt'
  return content === 'package' && (await identifyPackage(path)) === 'odp'
}

async function readText(
  { source, password, scratchPath }: TextDocument,
  remark: DocumentTools['remark'],
): Promise<RichText> {
  const kind = textKindOf(source)
  if (kind === 'PDF') throw unreadKind('a PDF, which has pages')
  if (kind === 'MHTML') return readMhtml(readFileSync(source.path))
  const extraction = { source, textPath: scratchPath, kind, password }
  return readFlow((flow) => readInto(extraction, flow, remark))
}
