import { readFile, writeFile } from 'node:fs/promises'
import fontverter from 'fontverter'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import type { DataSource } from '../../sources/data-conversions.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { serveThread } from '../../tasks/serve-thread.ts'
import { convertMarkup } from '../markup/convert-markup.ts'
import type { MarkupSource } from '../markup/read-markup.ts'
import type { DataOutcome, DataTask } from './data-task.ts'
import { makeDrawingSmaller } from './smaller-drawing.ts'
import { convertTable } from './tables.ts'

/** Does a task; what is wrong with its source is an outcome, since errors lose their class between threads. */
async function work(task: DataTask): Promise<DataOutcome> {
  try {
    await writeFile(task.outputPath, await convert(task))
    return { outcome: 'written' }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields, cause } = error
    return { outcome: 'failed', failure: { code, fields, cause } }
  }
}

async function convert({ path, from, to, strip }: DataTask): Promise<Uint8Array | string> {
  switch (to) {
    case 'csv':
    case 'xlsx':
    case 'ods':
    case 'json':
      if (from === 'csv' || from === 'xlsx' || from === 'ods' || from === 'json') {
        return convertTable(path, from, to)
      }
      break
    case 'html':
    case 'md':
    case 'docx':
    case 'epub':
      if (isMarkup(from)) return convertMarkup(path, from, to)
      break
    case 'svg':
      return makeSmaller(await readFile(path), strip)
    case 'ttf':
    case 'otf':
    case 'woff':
    case 'woff2':
      return convertFont(await readFile(path), from, to)
  }
  throw new RangeError(`${from} does not become ${to}`)
}

function isMarkup(from: DataSource): from is Extract<DataSource, MarkupSource> {
  return ['markdown', 'html', 'xhtml', 'text', 'docx', 'epub'].includes(from)
}

/** @returns what was read where nothing can be left out, its encoding and marks included */
async function makeSmaller(bytes: Buffer, strip: boolean): Promise<Uint8Array | string> {
  const drawing = bytes.toString()
  const smaller = await orCorrupt('svg', async () => makeDrawingSmaller(drawing, strip))
  return smaller === drawing ? bytes : smaller
}

/** TrueType and OpenType are what their outlines are, which no converter here changes. */
async function convertFont(
  bytes: Buffer,
  from: DataSource,
  to: 'ttf' | 'otf' | 'woff' | 'woff2',
): Promise<Uint8Array> {
  if (to === 'woff' || to === 'woff2') {
    return orCorrupt(from, () => fontverter.convert(bytes, to))
  }
  const font = await orCorrupt(from, () => fontverter.convert(bytes, 'sfnt'))
  const found = font.toString('latin1', 0, 4) === 'OTTO' ? 'otf' : 'ttf'
  if (found === to) return font
  const has =
    found === 'otf'
      ? 'cubic outlines, which are those of otf'
      : 'quadratic outlines, which are those of ttf'
  throw new OperationError('source_feature_unsupported', { feature: has })
}

/** Libraries throw what they like at what is none of theirs. */
async function orCorrupt<T>(from: DataSource, make: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    throw corruptSource(KNOWN_FORMATS[from].title, { cause: error })
  }
}

serveThread({ work })
