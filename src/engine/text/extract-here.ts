import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { corruptSource, type Failure, OperationError } from '../../base/operation-error.ts'
import { readCompound } from '../../packages/compound.ts'
import { tooMany } from '../../packages/document-errors.ts'
import { readCharset } from '../../sources/format-lookup.ts'
import { type IdentifiedSource, identifySource } from '../../sources/identify.ts'
import { gunzip } from '../../sources/open-file.ts'
import { readChunks } from '../../sources/read-chunks.ts'
import type { ReadWithin } from './docx.ts'
import { createFlow, type Flow } from './flow.ts'
import { readLegacyText } from './legacy/legacy.ts'
import { readMhtml } from './mhtml.ts'
import { readPackage } from './office.ts'
import { readRtf } from './rtf.ts'
import { writeTextFile } from './text-file.ts'
import { type TextKind, textKindOf } from './text-kind.ts'
import { readTextSource } from './text-source.ts'

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
      readonly remarks?: readonly string[]
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
  try {
    await writeTextFile(extraction.textPath, mostBytes, (write) =>
      read(extraction, { flow: createFlow(write), write, depth: 0 }),
    )
    return { outcome: 'written' }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields } = error
    return { outcome: 'failed', failure: { code, fields, cause: undefined } }
  }
}

/**
 * Writes the text of a source into a flow, in the thread that calls it.
 *
 * @throws {@link OperationError} for a source that is damaged, encrypted, or too large
 */
export function readInto(extraction: TextExtraction, flow: Flow): Promise<void> {
  return read(extraction, { flow, write: (text) => flow.lines(text), depth: 0 })
}

interface Target {
  readonly flow: Flow
  /** Takes the pieces of a text that is written as it is. */
  readonly write: (text: string) => void
  /** How many documents the source is in. */
  readonly depth: number
}

async function read(extraction: TextExtraction, target: Target): Promise<void> {
  const { source, textPath, kind, encoding, password } = extraction
  const { flow, write } = target
  const { path: sourcePath, hints } = source
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
        readTextSource(path, 'SVG', [], { flow, write }),
      )
    case 'RTF':
      return readRtf(readChunks(sourcePath), flow)
    case 'MHTML':
      return readMhtml(readFileSync(sourcePath), flow)
    case 'SVG':
    case 'HTML':
    case 'XHTML':
    case 'XML':
    case 'plain': {
      const declared = [encoding, readCharset(hints.mimetype)].filter(
        (label) => label !== undefined,
      )
      return readTextSource(sourcePath, kind, declared, { flow, write })
    }
  }
}

/** Makes what reads a file that is in a source, which is a source itself. */
function toReadWithin({ textPath, password }: TextExtraction, { depth }: Target): ReadWithin {
  return async (bytes, flow) => {
    if (depth >= MOST_WITHIN) throw tooMany(MOST_WITHIN, 'documents within each other')
    const path = `${textPath}.${depth}`
    try {
      writeFileSync(path, bytes)
      const source = await identifySource(path)
      const kind = textKindOf(source)
      if (kind === 'PDF') return
      const pieces: string[] = []
      const write = (text: string): void => void pieces.push(text)
      await read({ source, textPath: path, kind, password }, { flow, write, depth: depth + 1 })
      flow.lines(pieces.join(''))
    } finally {
      rmSync(path, { force: true })
    }
  }
}

/** An SVG has at most 64 MB. */
async function withUnpacked(
  path: string,
  unpackedPath: string,
  use: (path: string) => Promise<void>,
): Promise<void> {
  try {
    writeFileSync(unpackedPath, unpack(readFileSync(path)))
    await use(unpackedPath)
  } finally {
    rmSync(unpackedPath, { force: true })
  }
}

function unpack(packed: Buffer): Buffer {
  try {
    return gunzip(packed)
  } catch (error) {
    throw corruptSource('SVG', { cause: error })
  }
}
