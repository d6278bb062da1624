import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type Failure, OperationError } from '../../base/operation-error.ts'
import { readCompound } from '../../packages/compound.ts'
import { tooMany } from '../../packages/document-errors.ts'
import { readCharset } from '../../sources/format-lookup.ts'
import { type IdentifiedSource, identifySource } from '../../sources/identify.ts'
import { gunzip } from '../../sources/open-file.ts'
import { readChunks } from '../../sources/read-chunks.ts'
import type { ReadWithin } from './docx.ts'
import { createFlow, type Flow } from './flow.ts'
import { IMPORTED_PDF, type ImportedFile, UNREAD_IMPORT } from './imported-files.ts'
import { readLegacyText } from './legacy/legacy.ts'
import { readMhtml } from './mhtml.ts'
import { readPackage } from './office.ts'
import { readRtf } from './rtf.ts'
import { writeTextFile } from './text-file.ts'
import { type TextKind, textKindOf } from './text-kind.ts'
import { readTextSource } from './text-source.ts'
import { countUnreadable } from './unreadable.ts'

/** A source file that is known to be of a kind, and the text file to write. */
export interface TextExtraction {
  readonly source: IdentifiedSource
  readonly textPath: string
  readonly kind: Exclude<TextKind, 'PDF'>
  readonly encoding?: string | undefined
  readonly password?: string | undefined
}

/** What became of an extraction, as data that another thread can be sent. */
export type Extracted =
  | {
      readonly outcome: 'written'
      /** What could not be read, a sentence each. */
      readonly remarks: readonly string[]
    }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** The longest text that is written, in bytes, unless the source is long itself: a large novel has one megabyte. */
const MAX_TEXT_BYTES = 64_000_000

/** As many documents may be one within the other; a letter with an appendix is two. */
const MOST_WITHIN = 4

/** As many bytes as one becomes in UTF-8 at the most. */
const GROWTH = 3

/** Writes the text of a source, in the thread that calls it; a part of it may be there when it fails. */
export async function extractHere(extraction: TextExtraction): Promise<Extracted> {
  const { size } = statSync(extraction.source.path)
  const mostBytes = Math.max(MAX_TEXT_BYTES, size * GROWTH)
  const unreadable = countUnreadable()
  const remarks = new Set<string>()
  const remark = (sentence: string): void => void remarks.add(sentence)
  try {
    await writeTextFile(extraction.textPath, mostBytes, (writeWhole) => {
      const write = (text: string): void => {
        unreadable.count(text)
        writeWhole(text)
      }
      return read(extraction, { flow: createFlow(write), write, remark, depth: 0 })
    })
    return { outcome: 'written', remarks: [...remarks, ...unreadable.tell()] }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields } = error
    return { outcome: 'failed', failure: { code, fields, cause: undefined } }
  }
}

/**
 * Writes the text of a source into a flow, in the thread that calls it.
 *
 * @param remark - takes a sentence about what cannot be read of it; the same may come twice
 * @throws {@link OperationError} for a source that is damaged, encrypted, or too large
 */
export function readInto(
  extraction: TextExtraction,
  flow: Flow,
  remark: (sentence: string) => void,
): Promise<void> {
  const write = (text: string): void => flow.lines(text)
  return read(extraction, { flow, write, remark, depth: 0 })
}

interface Target {
  readonly flow: Flow
  /** Takes the pieces of a text that is written as it is. */
  readonly write: (text: string) => void
  /** Takes a sentence about what cannot be read; each is told once. */
  readonly remark: (sentence: string) => void
  /** How many documents the source is in. */
  readonly depth: number
}

/** What is wrong with a file alone, and not with reading it. */
const FAULTS_OF_FILES: ReadonlySet<string> = new Set(['source_corrupt', 'source_no_text'])

async function read(extraction: TextExtraction, target: Target): Promise<void> {
  const { source, textPath, kind, encoding, password } = extraction
  const { flow, write, depth } = target
  const { path: sourcePath, hints } = source
  // What a page is called is seen above it, but not where it is imported.
  const title = depth === 0
  const options = { password, readWithin: toReadWithin(extraction, target) }
  switch (kind) {
    case 'picture':
      return
    case 'package':
      return readPackage(sourcePath, flow, options)
    case 'compound': {
      const document = await readCompound(sourcePath, password)
      if (document.kind === 'legacy') return readLegacyText(document, flow)
      return readPackage(document.bytes, flow, options)
    }
    case 'SVGZ':
      return withUnpacked(sourcePath, `${textPath}.svg`, (path) =>
        readTextSource(path, 'SVG', [], { flow, write, title }),
      )
    case 'RTF':
      return readRtf(readChunks(sourcePath), flow, target.remark)
    case 'MHTML':
      return readMhtml(readFileSync(sourcePath), flow, title)
    case 'SVG':
    case 'HTML':
    case 'XHTML':
    case 'XML':
    case 'plain': {
      const declared = [encoding, readCharset(hints.mimetype)].filter(
        (label) => label !== undefined,
      )
      return readTextSource(sourcePath, kind, declared, { flow, write, title })
    }
  }
}

/** Makes what reads a file that is in a source, which is a source itself. One that is damaged does not cost the rest. */
function toReadWithin(
  { textPath, password }: TextExtraction,
  { depth, remark }: Target,
): ReadWithin {
  async function readFile({ bytes, hints }: ImportedFile, flow: Flow): Promise<void> {
    if (depth >= MOST_WITHIN) throw tooMany(MOST_WITHIN, 'documents within each other')
    const path = `${textPath}.${depth}`
    try {
      writeFileSync(path, bytes)
      const source = await identifySource(path, hints)
      const kind = textKindOf(source)
      if (kind === 'PDF') return remark(IMPORTED_PDF)
      const pieces: string[] = []
      const write = (text: string): void => void pieces.push(text)
      const target = { flow, write, remark, depth: depth + 1 }
      await read({ source, textPath: path, kind, password }, target)
      flow.lines(pieces.join(''))
    } catch (error) {
      if (!isFaultOfFile(error)) throw error
      remark(UNREAD_IMPORT)
    } finally {
      rmSync(path, { force: true })
    }
  }

  return { read: readFile, remark }
}

function isFaultOfFile(error: unknown): boolean {
  return error instanceof OperationError && FAULTS_OF_FILES.has(error.code)
}

/** An SVG has at most 64 MB. */
async function withUnpacked(
  path: string,
  unpackedPath: string,
  use: (path: string) => Promise<void>,
): Promise<void> {
  try {
    writeFileSync(unpackedPath, gunzip(readFileSync(path), 'SVG'))
    await use(unpackedPath)
  } finally {
    rmSync(unpackedPath, { force: true })
  }
}
