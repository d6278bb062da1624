import { readFile, writeFile } from 'node:fs/promises'
import fontverter from 'fontverter'
import { optimize } from 'svgo'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import type { DataSource } from '../../sources/data-conversions.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { serveThread } from '../../tasks/serve-thread.ts'
import type { DataOutcome, DataTask } from './data-task.ts'
import { docxToHtml, htmlToMarkdown, markdownToHtml } from './markup.ts'
import { convertTable } from './tables.ts'

/** Does a task; what is wrong with its source is an outcome, since errors lose their class between threads. */
async function work(task: DataTask): Promise<DataOutcome> {
  try {
    const bytes = await readFile(task.path)
    await writeFile(task.outputPath, await convert(bytes, task))
    return { outcome: 'written' }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields, cause } = error
    return { outcome: 'failed', failure: { code, fields, cause } }
  }
}

async function convert(bytes: Buffer, { from, to }: DataTask): Promise<Uint8Array | string> {
  if (to === 'csv' || to === 'xlsx' || to === 'ods' || to === 'json') {
    if (from === 'csv' || from === 'xlsx' || from === 'ods' || from === 'json') {
      return convertTable(bytes, from, to)
    }
    throw new RangeError(`${from} is no table`)
  }
  if (to === 'html' || to === 'md') {
    if (from === 'markdown') return markdownToHtml(bytes.toString())
    if (from === 'html') return htmlToMarkdown(bytes.toString())
    const html = await orCorrupt(from, () => docxToHtml(bytes))
    return to === 'html' ? html : htmlToMarkdown(html)
  }
  if (to === 'svg') {
    const { data } = await orCorrupt(from, async () =>
      optimize(bytes.toString(), { multipass: true }),
    )
    return data.length < bytes.length ? data : bytes
  }
  return convertFont(bytes, from, to)
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
