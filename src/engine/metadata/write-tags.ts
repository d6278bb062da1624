import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { formatIds } from '../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { JOB, SOURCE } from './exiftool/run-exiftool.ts'
import { type ExifToolJob, parseFacts, runChecked } from './readers/read-exiftool.ts'
import { findSourceKind } from './sources/source-kind.ts'
import { tagNamesOf, toTagValues } from './sources/tag-names.ts'
import { tellSigned } from './tell-signed.ts'
import { type Done, RESULT, resultIn, type Tools } from './tools.ts'
import { requireWritable } from './writers/require-writable.ts'

/** A source, and what a copy of it says of itself. */
export interface TagWriting {
  readonly source: IdentifiedSource
  /** Texts by the names of `sources/tag-names.ts`; an empty one takes away what there is. */
  readonly texts: Readonly<Record<string, string>>
}

/** What is written, as ExifTool imports it. */
const TAGS = 'tags.json'

/**
 * Texts of IPTC are in the encoding that a file says, mostly none. All that there is becomes UTF-8 with what is new
 * (ExifTool's FAQ, 10).
 */
const IPTC_IN_UTF_8 = ['-tagsFromFile', SOURCE, '-IPTC:all', '-IPTC:CodedCharacterSet=UTF8']

type TagValues = ReturnType<typeof toTagValues>

/**
 * Writes a copy of a source that says other things of itself, wherever the readers of its format look for them. Whatever
 * else it says stays, and so do its pictures and pages. The copy is read again: nothing is lost without a word.
 *
 * @throws {@link OperationError} when files of its kind cannot have what is wanted, or it is damaged or encrypted
 */
export async function writeTags({ source, texts }: TagWriting, tools: Tools): Promise<Done> {
  const kind = await findSourceKind(source)
  const names = tagNamesOf(kind.id)
  if (names === undefined) {
    throw new OperationError('metadata_unsupported', { title: kind.title, taken: writableTitles() })
  }
  const unknown = Object.keys(texts).find((name) => !Object.hasOwn(names, name))
  if (unknown !== undefined) {
    const taken = Object.keys(names)
    throw new OperationError('metadata_name_unknown', { name: unknown, title: kind.title, taken })
  }
  const values = toTagValues(names, texts)
  const job = { ...tools, kind, sourcePath: source.path }
  requireWritable(job)
  writeWithExifTool(job, values)
  checkWritten({ ...job, sourcePath: resultIn(tools.folder) }, values)
  return { mediaType: kind.mediaType, remarks: tellSigned(kind, source.path) }
}

/** @throws {@link OperationError} when ExifTool writes nothing */
function writeWithExifTool(job: ExifToolJob, values: TagValues): void {
  const { kind, folder } = job
  const entries = Object.entries(values)
  const [removed, written] = [true, false].map((isEmpty) =>
    entries.filter(([, value]) => (value === '') === isEmpty),
  )
  const tags = { SourceFile: '*', ...Object.fromEntries(written ?? []) }
  writeFileSync(join(folder, TAGS), JSON.stringify([tags]))
  const command = [
    '-m',
    '-q',
    ...keepIptc(Object.keys(values)),
    ...(removed ?? []).map(([tag]) => `-${tag}=`),
    `-json=${JOB}/${TAGS}`,
    '-o',
    `${JOB}/${RESULT}`,
    SOURCE,
  ]
  const { errors } = runChecked(kind, { ...job, commands: [command] })
  if (existsSync(resultIn(folder))) return
  if (/does not support writing/i.test(errors)) {
    const title = 'BigTIFF'
    throw new OperationError('metadata_unsupported', { title, taken: writableTitles() })
  }
  throw corruptSource(kind.title, { cause: errors })
}

/** Has the texts of IPTC kept that are not written, in UTF-8 if any are. */
function keepIptc(tags: readonly string[]): readonly string[] {
  const written = tags.filter((tag) => tag.startsWith('IPTC:'))
  return written.length === 0 ? [] : [...IPTC_IN_UTF_8, ...written.map((tag) => `--${tag}`)]
}

/** @throws {@link OperationError} when a file does not say what was written into it */
function checkWritten(job: ExifToolJob, values: TagValues): void {
  const { kind } = job
  const wanted = Object.keys(values).map((tag) => `-${tag}`)
  const { output } = runChecked(kind, { ...job, commands: [['-j', '-G0', ...wanted, SOURCE]] })
  const read = parseFacts(output)
  for (const [tag, value] of Object.entries(values)) {
    // The first family of groups has no namespaces.
    const found = read[tag.replace(/^XMP-\w+:/, 'XMP:')]
    if (!isSame(value, found)) {
      throw new OperationError('metadata_lost', { title: kind.title, tag }, { cause: found })
    }
  }
}

/** ExifTool prints what looks like a number as one, and a list of one as what is in it. */
function isSame(written: string | readonly string[], read: unknown): boolean {
  const [before, after] = [written, read].map((value) =>
    (Array.isArray(value) ? value : [value ?? '']).map(String).join(', ').replaceAll(/\s+/g, ' '),
  )
  if (before === undefined || after === undefined) return false
  return before.trim() === after.trim() || (before !== '' && Number(before) === Number(after))
}

function writableTitles(): readonly string[] {
  return formatIds()
    .filter((id) => tagNamesOf(id) !== undefined)
    .map((id) => KNOWN_FORMATS[id].title)
}
