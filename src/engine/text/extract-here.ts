import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { corruptSource, type Failure, OperationError } from '../../base/operation-error.ts'
import { openCompound } from '../../packages/compound.ts'
import { readCharset } from '../../sources/format-lookup.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { gunzip } from '../../sources/open-file.ts'
import { readChunks } from '../../sources/read-chunks.ts'
import { createFlow } from './flow.ts'
import { readPackage } from './office.ts'
import { readRtf } from './rtf.ts'
import { writeTextFile } from './text-file.ts'
import type { TextKind } from './text-kind.ts'
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
  | { readonly outcome: 'written' }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** The longest text that is written, in bytes, unless the source is long itself: a large novel has one megabyte. */
const MAX_TEXT_BYTES = 64_000_000

/** As many bytes as one becomes in UTF-8 at the most. */
const GROWTH = 3

/** Writes the text of a source, in the thread that calls it; a part of it may be there when it fails. */
export async function extractHere(extraction: TextExtraction): Promise<Extracted> {
  const { size } = statSync(extraction.source.path)
  const mostBytes = Math.max(MAX_TEXT_BYTES, size * GROWTH)
  try {
    await writeTextFile(extraction.textPath, mostBytes, (write) => read(extraction, write))
    return { outcome: 'written' }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields } = error
    return { outcome: 'failed', failure: { code, fields, cause: undefined } }
  }
}

async function read(
  { source, textPath, kind, encoding, password }: TextExtraction,
  write: (text: string) => void,
): Promise<void> {
  const { path: sourcePath, hints } = source
  const flow = createFlow(write)
  switch (kind) {
    case 'picture':
      return
    case 'package':
      return readPackage(sourcePath, flow, password)
    case 'compound':
      return readPackage(await openCompound(sourcePath, password), flow, password)
    case 'SVGZ':
      return withUnpacked(sourcePath, `${textPath}.svg`, (path) =>
        readTextSource(path, 'SVG', [], { flow, write }),
      )
    case 'RTF':
      return readRtf(readChunks(sourcePath), flow)
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
