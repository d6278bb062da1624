import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { probe } from '../../engine/video/video-fixture.ts'

const run = promisify(execFile)

/** What a program that had no part in a conversion prints of its result. */
export async function printed(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(command, args, { maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

/** What is expected of a result besides its format. */
export interface Expected {
  /** What its text has in it, where it has any. */
  readonly word?: string
  /** Its length, where it is played. */
  readonly seconds?: number
}

interface FileFacts {
  /** The muxer of ffprobe, and the type of what has to be in it. */
  readonly muxer: RegExp
  readonly stream: 'video' | 'audio'
}

const PLAYED: Readonly<Record<string, FileFacts>> = {
  mp4: { muxer: /mp4/, stream: 'video' },
  mov: { muxer: /mov/, stream: 'video' },
  m4v: { muxer: /mp4/, stream: 'video' },
  '3gp': { muxer: /3gp/, stream: 'video' },
  webm: { muxer: /webm/, stream: 'video' },
  mkv: { muxer: /matroska/, stream: 'video' },
  avi: { muxer: /^avi$/, stream: 'video' },
  mpg: { muxer: /^mpeg$/, stream: 'video' },
  mpeg: { muxer: /^mpeg$/, stream: 'video' },
  wmv: { muxer: /^asf$/, stream: 'video' },
  mp3: { muxer: /^mp3$/, stream: 'audio' },
  wav: { muxer: /^wav$/, stream: 'audio' },
  m4a: { muxer: /m4a/, stream: 'audio' },
  aac: { muxer: /^aac$/, stream: 'audio' },
  ogg: { muxer: /^ogg$/, stream: 'audio' },
  opus: { muxer: /^ogg$/, stream: 'audio' },
  flac: { muxer: /^flac$/, stream: 'audio' },
  aiff: { muxer: /^aiff$/, stream: 'audio' },
  aif: { muxer: /^aiff$/, stream: 'audio' },
  wma: { muxer: /^asf$/, stream: 'audio' },
}

/** What GraphicsMagick calls formats. */
const PICTURES: Readonly<Record<string, string>> = {
  png: 'PNG',
  jpg: 'JPEG',
  jpeg: 'JPEG',
  webp: 'WEBP',
  tif: 'TIFF',
  tiff: 'TIFF',
  gif: 'GIF',
  avif: 'AVIF',
}

/** What `file` says of them. */
const DESCRIBED: Readonly<Record<string, RegExp>> = {
  docx: /^Microsoft (Word 2007\+|OOXML)/,
  xlsx: /^Microsoft (Excel 2007\+|OOXML)/,
  pptx: /^Microsoft (PowerPoint 2007\+|OOXML)/,
  odt: /^OpenDocument Text/,
  ods: /^OpenDocument Spreadsheet/,
  odp: /^OpenDocument Presentation/,
  epub: /^EPUB document/,
  doc: /^Composite Document File/,
  xls: /^Composite Document File/,
  ppt: /^Composite Document File/,
  rtf: /^Rich Text Format/,
  ttf: /^TrueType Font data/,
  otf: /^OpenType font data/,
  woff: /^Web Open Font Format, /,
  woff2: /^Web Open Font Format \(Version 2\)/,
}

const PACKAGES: readonly string[] = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'epub']
const FONTS: readonly string[] = ['ttf', 'otf', 'woff', 'woff2']

/** Opens a result with programs that had no part in it, and compares what they say with what it should be. */
export async function readResult(path: string, format: string, expected: Expected): Promise<void> {
  const played = PLAYED[format]
  if (played !== undefined) return readPlayed(path, played, expected)
  if (format in PICTURES) return readPicture(path, format)
  if (format === 'pdf') return readPdf(path, expected)
  const described = DESCRIBED[format]
  if (described === undefined) return readText(path, format, expected)
  assert.match(await printed('file', '--brief', path), described)
  if (PACKAGES.includes(format)) await printed('unzip', '-tqq', path)
  if (FONTS.includes(format)) assert.match(await printed('fc-scan', '-f', '%{charset}', path), /\d/)
  if (format === 'rtf') assert.match(await readFile(path, 'latin1'), /^\{\\rtf1[^]+\}\s*\0?$/)
}

async function readPlayed(path: string, { muxer, stream }: FileFacts, { seconds }: Expected) {
  const { codecs, streams, format, seconds: length } = probe(path)
  assert.match(format, muxer)
  assert.ok(
    streams.some(({ codec_type: type }) => type === stream),
    `there is no ${stream} in ${codecs.join()}`,
  )
  await printed('ffmpeg', '-v', 'error', '-xerror', '-i', path, '-f', 'null', '-')
  // ADTS has no length of its own, so that it is guessed from the bit rate.
  if (seconds !== undefined && format !== 'aac') {
    const lasts = format === 'mpeg' ? await secondsOfPictures(path) : length
    assert.ok(Math.abs(lasts - seconds) < 0.4, `${lasts} seconds, not ${seconds}`)
  }
}

/** How long the pictures of a video last; of MPEG the length is guessed from the times of its packs, and a short one is one pack. */
async function secondsOfPictures(path: string): Promise<number> {
  const entries = ['-show_entries', 'stream=r_frame_rate,nb_read_frames', '-of', 'csv=p=0']
  const said = await printed(
    'ffprobe',
    '-v',
    'error',
    '-select_streams',
    'v',
    '-count_frames',
    ...entries,
    path,
  )
  const [, pictures = 1, seconds = 1, count = 0] = /(\d+)\/(\d+),(\d+)/.exec(said) ?? []
  return (Number(count) * Number(seconds)) / Number(pictures)
}

async function readPicture(path: string, format: string): Promise<void> {
  if (format === 'webp' && (await framesOfWebp(path)) > 1) return
  const lines = (await printed('gm', 'identify', '-format', '%m %w %h %k\n', path)).split('\n')
  const [magick, width, height, colours] = (lines[0] ?? '').split(' ')
  assert.equal(magick, PICTURES[format])
  assert.ok(Number(width) > 0 && Number(height) > 0)
  // The first frame of an animation is of one colour.
  if (lines.filter((line) => line !== '').length === 1 && Number(width) !== 64) {
    assert.ok(Number(colours) > 1, 'the picture is of one colour')
  }
}

/** How many frames an animation has: chunks of the name ANMF in a RIFF whose lengths fit. GraphicsMagick reads none. */
async function framesOfWebp(path: string): Promise<number> {
  const file = await readFile(path)
  assert.equal(file.readUInt32LE(4) + 8, file.length)
  let frames = 0
  for (
    let at = 12;
    at < file.length;
    at += 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) % 2)
  ) {
    if (file.toString('latin1', at, at + 4) === 'ANMF') frames += 1
  }
  return frames
}

async function readPdf(path: string, { word }: Expected): Promise<void> {
  await printed('qpdf', '--check', path)
  assert.match(await printed('pdfinfo', path), /^Pages: +[1-9]/m)
  if (word !== undefined) assert.match(await printed('pdftotext', path, '-'), new RegExp(word))
}

async function readText(path: string, format: string, { word }: Expected): Promise<void> {
  assert.match(await printed('file', '--brief', '--mime', path), /utf-8|us-ascii/)
  const text = await readFile(path, 'utf8')
  if (format === 'json') assert.ok(Array.isArray(JSON.parse(text)))
  if (format === 'html') assert.match(text, /<html/i)
  if (word !== undefined) assert.match(text.replaceAll('&szlig;', 'ß'), new RegExp(word))
}

/** The texts of office files as LibreOffice reads them, all in one start of it; in the order of the files. */
export async function readOfficeTexts(
  files: readonly { readonly path: string; readonly format: string }[],
  folder: string,
): Promise<string[]> {
  if (files.length === 0) return []
  const named = files.map(({ path, format }, index) => ({
    path,
    name: join(folder, `read${index}.${format}`),
  }))
  await mkdir(folder, { recursive: true })
  for (const { path, name } of named) await copyFile(path, name)
  await printed(
    'soffice',
    `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
    '--headless',
    '--convert-to',
    'pdf',
    '--outdir',
    folder,
    ...named.map(({ name }) => name),
  )
  const texts: string[] = []
  for (const { name } of named) {
    const pdf = join(dirname(name), name.slice(folder.length + 1).replace(/\.\w+$/, '.pdf'))
    texts.push(await printed('pdftotext', pdf, '-'))
  }
  return texts
}
