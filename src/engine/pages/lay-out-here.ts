import { type Failure, OperationError } from '../../base/operation-error.ts'
import { type LegacyDocument, readCompound } from '../../packages/compound.ts'
import type { LegacyFormat } from '../../packages/legacy-encryption.ts'
import { findMainPart } from '../../packages/opc.ts'
import { type Package, withPackage } from '../../packages/package.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { layOutDocx } from './docx/lay-out-docx.ts'
import type { Page } from './drawing/page.ts'
import { type WrittenPages, writePages } from './drawing/write-pages.ts'
import { readDrawnOdf } from './odf/drawn-odf.ts'
import { layOutOdf } from './odf/lay-out-odf.ts'
import {
  type DocumentTools,
  type DrawnFormat,
  isDrawn,
  type LayOutPackage,
  type PagesOfParts,
} from './page-tools.ts'
import { createPageFonts } from './paragraphs/page-fonts.ts'
import { layOutPpt } from './ppt/lay-out-ppt.ts'
import { readPictures } from './read-pictures.ts'
import { layOutRtf } from './rtf/lay-out-rtf.ts'
import { layOutXlsx } from './sheets/lay-out-xlsx.ts'
import { layOutXls } from './sheets/xls/lay-out-xls.ts'
import { layOutPptx } from './slides/lay-out-pptx.ts'
import { tellReplaced } from './tell-replaced.ts'
import { layOutText } from './text/lay-out-text.ts'

/** A document to be laid out. */
export interface PageTask {
  readonly source: IdentifiedSource
  readonly password: string | undefined
  /** Where there may be files meanwhile. */
  readonly scratchPath: string
  /** How many pages are wanted. */
  readonly count: number
  /** Where there are fonts besides those that are shipped. */
  readonly folders: readonly string[]
}

/** Pages, and the files of the pictures on them; or why there are none. */
export type PageOutcome =
  | {
      readonly outcome: 'laid out'
      readonly written: WrittenPages
      readonly files: ReadonlyMap<string, Uint8Array>
      /** What could not be read or was replaced, a sentence each. */
      readonly remarks: readonly string[]
    }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** What lays out office documents as they look, by their format. */
const LAYOUTS: Readonly<Record<DrawnFormat, LayOutPackage>> = {
  docx: layOutDocx,
  pptx: layOutPptx,
  xlsx: layOutXlsx,
}

/** What lays out documents of before 2007 as they look, with the package that pictures on their pages are parts of. */
const LEGACY_LAYOUTS: Readonly<
  Partial<
    Record<
      LegacyFormat,
      (document: LegacyDocument, tools: DocumentTools) => Promise<PagesOfParts | undefined>
    >
  >
> = { ppt: layOutPpt, xls: layOutXls }

/** Lays out a document, in the thread that calls it. */
export async function layOutHere(task: PageTask): Promise<PageOutcome> {
  try {
    const { pages, files, remarks } = await layOut(task)
    return { outcome: 'laid out', written: writePages(pages), files, remarks }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields } = error
    return { outcome: 'failed', failure: { code, fields, cause: undefined } }
  }
}

interface LaidOut {
  readonly pages: readonly Page[]
  readonly files: ReadonlyMap<string, Uint8Array>
}

async function layOut(task: PageTask): Promise<LaidOut & { remarks: readonly string[] }> {
  const { folders, count } = task
  const remarks = new Set<string>()
  const replaced = new Set<string>()
  const fonts = createPageFonts(folders, (family) => replaced.add(family))
  const remark = (sentence: string): void => void remarks.add(sentence)
  const tools = { fonts, count, remark }
  const laidOut = await layOutLooks(task, tools)
  const { pages, files } = laidOut ?? {
    pages: await layOutText(task, tools),
    files: new Map<string, Uint8Array>(),
  }
  for (const sentence of tellReplaced({ fonts: replaced, letters: fonts.unknown })) remark(sentence)
  return { pages, files, remarks: [...remarks] }
}

/** @returns undefined for a document of which nobody knows more than its text, and for one that shows nothing */
async function layOutLooks(
  { source, password }: PageTask,
  tools: DocumentTools,
): Promise<LaidOut | undefined> {
  const layOutPackage = (packaged: string | Buffer): Promise<LaidOut | undefined> =>
    withPackage(packaged, (parts) => layOutParts(parts, password, tools))
  if (source.content === 'package') return layOutPackage(source.path)
  if (source.content === 'rtf') {
    const { pages, parts } = await layOutRtf(source.path, tools)
    return withPictures(parts, pages, tools)
  }
  if (source.content !== 'compound') return undefined
  const document = await readCompound(source.path, password)
  if (document.kind === 'package') return layOutPackage(document.bytes)
  const drawn = await LEGACY_LAYOUTS[document.id]?.(document, tools)
  return drawn && withPictures(drawn.parts, drawn.pages, tools)
}

/** @returns undefined for a document of which nobody knows more than its text */
async function layOutParts(
  parts: Package,
  password: string | undefined,
  tools: DocumentTools,
): Promise<LaidOut | undefined> {
  const odf = await readDrawnOdf(parts)
  if (odf !== undefined) {
    const { pages, parts: written } = await layOutOdf(parts, odf, password, tools)
    return withPictures(written, pages, tools)
  }
  const main = parts.has('[Content_Types].xml') ? await findMainPart(parts) : undefined
  if (main === undefined || !isDrawn(main.format)) return undefined
  return withPictures(parts, await LAYOUTS[main.format](parts, main.name, tools), tools)
}

/** @returns undefined where there are no pages */
async function withPictures(
  parts: Package,
  pages: readonly Page[],
  { count }: DocumentTools,
): Promise<LaidOut | undefined> {
  const wanted = pages.slice(0, count)
  return wanted.length === 0
    ? undefined
    : { pages: wanted, files: await readPictures(parts, wanted) }
}
