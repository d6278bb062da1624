import { formatOfExtension, formatOfMediaType } from '../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../sources/formats.ts'
import { isMadeByOffice, isOfficeSourceId } from '../sources/office-formats.ts'

/**
 * What `fmt` can be: in one place, since the actions that make renditions and the gateway that chooses among them have to
 * agree.
 */

/** The formats of pictures, in the short and the long spelling. */
export const PICTURE_FORMATS = [
  ...KNOWN_FORMATS.png.fmt,
  ...KNOWN_FORMATS.jpeg.fmt,
  ...KNOWN_FORMATS.webp.fmt,
  ...KNOWN_FORMATS.tiff.fmt,
  ...KNOWN_FORMATS.gif.fmt,
  ...KNOWN_FORMATS.avif.fmt,
] as const

/** A format of pictures. */
export type PictureFormat = (typeof PICTURE_FORMATS)[number]

/** What is made of a picture, though it is none itself: what a page shows until the picture is there. */
const PLACEHOLDER_FORMATS = KNOWN_FORMATS.thumbhash.fmt

/** All that is made by drawing a source: pictures, and what stands for one. */
export const DRAWN_FORMATS = [...PICTURE_FORMATS, ...PLACEHOLDER_FORMATS] as const

/** See {@link DRAWN_FORMATS}. */
export type DrawnFormat = (typeof DRAWN_FORMATS)[number]

/** The text of a document. */
export const TEXT_FORMATS = KNOWN_FORMATS.text.fmt

/** The text of a document with its headings, lists, tables and links. */
export const MARKUP_FORMATS = [...KNOWN_FORMATS.markdown.fmt, ...KNOWN_FORMATS.html.fmt] as const

/** The metadata of a source. */
const METADATA_FORMATS = [...KNOWN_FORMATS.xmp.fmt, ...KNOWN_FORMATS.json.fmt] as const

/** A document of pages. */
const PAGE_FORMATS = KNOWN_FORMATS.pdf.fmt

/** An archive of files. */
export const ARCHIVE_FORMATS = [
  ...KNOWN_FORMATS.zip.fmt,
  ...KNOWN_FORMATS['7z'].fmt,
  ...KNOWN_FORMATS.tar.fmt,
  ...KNOWN_FORMATS.gzip.fmt,
  ...KNOWN_FORMATS.bzip2.fmt,
  ...KNOWN_FORMATS.xz.fmt,
] as const

/** A format of archives. */
export type ArchiveFormat = (typeof ARCHIVE_FORMATS)[number]

/** Why there is no such archive. */
export const UNWRITTEN_RAR =
  'RAR archives can be read but not written here, since its writer is proprietary; use 7z or zip.'

/** Archives that can be read only: whoever asks for one is told so by the worker that makes others. */
const UNWRITTEN_ARCHIVES = KNOWN_FORMATS.rar.extensions

/** Video with its sound. */
export const VIDEO_FORMATS = [
  ...KNOWN_FORMATS.mp4.fmt,
  ...KNOWN_FORMATS.mov.fmt,
  ...KNOWN_FORMATS.m4v.fmt,
  ...KNOWN_FORMATS.webm.fmt,
  ...KNOWN_FORMATS.mkv.fmt,
  ...KNOWN_FORMATS.avi.fmt,
  ...KNOWN_FORMATS.mpg.fmt,
  ...KNOWN_FORMATS.wmv.fmt,
  ...KNOWN_FORMATS['3gp'].fmt,
] as const

/** Sound alone. */
export const AUDIO_FORMATS = [
  ...KNOWN_FORMATS.mp3.fmt,
  ...KNOWN_FORMATS.wav.fmt,
  ...KNOWN_FORMATS.m4a.fmt,
  ...KNOWN_FORMATS.aac.fmt,
  ...KNOWN_FORMATS.ogg.fmt,
  ...KNOWN_FORMATS.opus.fmt,
  ...KNOWN_FORMATS.flac.fmt,
  ...KNOWN_FORMATS.aiff.fmt,
  ...KNOWN_FORMATS.wma.fmt,
] as const

/** Whatever our own workers make. */
export const RENDITION_FORMATS = [
  ...DRAWN_FORMATS,
  ...TEXT_FORMATS,
  ...MARKUP_FORMATS,
  ...METADATA_FORMATS,
  ...PAGE_FORMATS,
  ...ARCHIVE_FORMATS,
  ...VIDEO_FORMATS,
  ...AUDIO_FORMATS,
] as const

/** A format that our own workers make. */
export type RenditionFormat = (typeof RENDITION_FORMATS)[number]

/** What makes a rendition that names no worker of its own. */
export type BuiltInWorker =
  | 'worker'
  | 'document'
  | 'metadata'
  | 'pdf'
  | 'ocr'
  | 'archive'
  | 'video'
  | 'office'
  | 'capture'
  | 'command'
  | 'data'

/** Whether a rendition is made of files that its instructions name, and so may do without a source. */
export function isMadeOfFiles(instructions: Readonly<Record<string, unknown>>): boolean {
  const worker = chooseBuiltInWorker(instructions)
  return (
    ['archive', 'pdf', 'capture'].includes(worker) ||
    (worker === 'ocr' && !isTextRendition(instructions))
  )
}

/** What a request says of its source, as far as it matters to who makes renditions of it. */
export interface CalledSource {
  readonly name?: string | undefined
  readonly mimetype?: string | undefined
  readonly url?: string | undefined
}

/**
 * Tells which worker makes a rendition with such instructions: pictures unless they say otherwise.
 *
 * @param source - pictures of what is called a video or a sound are made by who plays it, and PDFs and other formats of
 *   office files by their program, but for markup of what is read here
 */
export function chooseBuiltInWorker(
  instructions: Readonly<Record<string, unknown>>,
  source: CalledSource = {},
): BuiltInWorker {
  const { fmt, xmp, metadata, files, capture, ocr } = instructions
  // A packet to write into a copy of the source, whatever format that has.
  if (typeof xmp === 'string' && xmp !== '') return 'metadata'
  // Texts to write into one, which a processing profile sends as JSON; any other text is about a picture.
  if (typeof metadata === 'string' ? isJson(metadata) : (metadata ?? undefined) !== undefined)
    return 'metadata'
  // A page of the web, or a source as one.
  if (capture !== undefined && capture !== null && capture !== '') return 'capture'
  const format = readFormat(fmt)
  const called = calledFormat(source)
  // But the text of binary workbooks an office program alone reads.
  if (isTextRendition(instructions) && !(isMarkupFormat(format) && called === 'xlsb')) {
    return isAsked(ocr) ? 'ocr' : 'document'
  }
  if (includes(METADATA_FORMATS, format)) return 'metadata'
  if (includes(PAGE_FORMATS, format)) {
    // The text of many pages takes longer than other changes may.
    if (isAsked(ocr)) return 'ocr'
    return files === undefined && isOfficeSourceId(called) ? 'office' : 'pdf'
  }
  // Other formats of an office file, such as DOCX of an ODT.
  if (isMadeByOffice(called, formatOfExtension(format) ?? '')) return 'office'
  if (isMarkupFormat(format)) return 'document'
  if (includes([...ARCHIVE_FORMATS, ...UNWRITTEN_ARCHIVES], format)) return 'archive'
  if (includes(VIDEO_FORMATS, format) || includes(AUDIO_FORMATS, format)) return 'video'
  const group = called === undefined ? undefined : KNOWN_FORMATS[called].group
  return group === 'video' || group === 'audio' ? 'video' : 'worker'
}

/** Whether a rendition is the text of its source: plain, with markup, or with where it stands. */
export function isTextRendition({ fmt, positions }: Readonly<Record<string, unknown>>): boolean {
  const format = readFormat(fmt)
  return (
    includes(TEXT_FORMATS, format) ||
    isMarkupFormat(format) ||
    (includes(KNOWN_FORMATS.json.fmt, format) && isAsked(positions))
  )
}

/** Whether an instruction says something else than no; what is wrong with it is for who reads it to say. */
function isAsked(value: unknown): boolean {
  return ![undefined, null, '', false, 'false'].some((each) => each === value)
}

/** What a source says that it is: by its media type, else by its name, else by the path of its URL. */
function calledFormat({ name, mimetype = '', url = '' }: CalledSource): FormatId | undefined {
  const [essence = ''] = mimetype.split(';')
  const path = name ?? URL.parse(url)?.pathname ?? ''
  return (
    formatOfMediaType(essence.trim().toLowerCase()) ??
    formatOfExtension(/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '')
  )
}

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text)
}

/** A `fmt` as it is compared: in small letters, without blanks around it; empty when it is no text. */
export function readFormat(fmt: unknown): string {
  return typeof fmt === 'string' ? fmt.trim().toLowerCase() : ''
}

/** Whether archives are made in a format, which is {@link readFormat read}. */
export function isArchiveFormat(format: string): format is ArchiveFormat {
  return includes(ARCHIVE_FORMATS, format)
}

/** Whether the text of documents is made in a format with markup, which is {@link readFormat read}. */
export function isMarkupFormat(format: string): boolean {
  return includes(MARKUP_FORMATS, format)
}

function includes(formats: readonly string[], format: string): boolean {
  return formats.includes(format)
}

/** The namespace of the local Adobe I/O Runtime. */
export const NAMESPACE = 'darkroom'

/** The package that `aio` puts the actions of Asset Compute workers into, as in a project's manifest.yml. */
export const WORKER_PACKAGE = 'dx-asset-compute-worker-1'

/** The name of an action of this project, with its package. */
export function builtInAction(worker: BuiltInWorker): string {
  return `${WORKER_PACKAGE}/${worker}`
}

/**
 * What a rendition has to name as its `worker`, so that an action makes it: the URL of the action, or undefined when it is
 * the one that makes such a rendition anyway.
 *
 * @param origin - that of the service
 * @param action - package and name
 */
export function workerUrl(
  origin: string,
  action: string,
  instructions: Readonly<Record<string, unknown>>,
): string | undefined {
  const { fmt } = instructions
  // A request needs one of both, `fmt` and `worker`.
  const asked = typeof fmt === 'string' ? builtInAction(chooseBuiltInWorker(instructions)) : ''
  return asked === action ? undefined : actionUrl(origin, action)
}

/**
 * Where a web action is called.
 *
 * @param action - with its package
 */
export function actionUrl(origin: string, action: string): string {
  return `${origin}/api/v1/web/${NAMESPACE}/${action}`
}
