import { writeFileSync } from 'node:fs'
import type { Language } from '../../programs/tesseract.ts'
import type { Box } from '../pdf/survey-pages.ts'
import { type GreyPicture, type Turn, toGrey, turnPicture, writePgm } from './grey-picture.ts'
import {
  type Core,
  INPUT,
  openOrientation,
  openReader,
  type Reader,
  startCore,
} from './tesseract-core.ts'

/** A drawn page whose text is to be recognised. */
export interface PageTask {
  /** The folder of Tesseract and of its languages. */
  readonly tesseract: string
  readonly languages: readonly Language[]
  readonly width: number
  readonly height: number
  /** RGB, row by row without padding. */
  readonly pixels: Uint8Array
  readonly dpi: number
  /** Whether it is turned upright first. */
  readonly autoOrient: boolean
  /** Where the page is that it is laid over by qpdf, which takes that of the text for the same; in points, from the lower left of what is drawn. */
  readonly trimmed: Box | undefined
  /** Where its text is written, as a PDF of one page with nothing to be seen on it. */
  readonly textPath: string
}

/** What has become of a page; there is a file only where text was found. */
export type Recognised =
  | { readonly outcome: 'recognised'; readonly hasText: boolean; readonly turn: Turn }
  | { readonly outcome: 'out of memory' }

/** Which way up a page is counts from here, as for Tesseract itself (`min_orientation_margin`). */
const LEAST_CONFIDENCE = 7

/** Words that are recognised with more confidence than this are words, and not what letters look like upside down. */
const READABLE = 75

/** By as much more confidence a page has to be read the other way up for that to be believed. */
const CLEARLY_MORE = 15

/** By how much a page has to be turned, by how many quarters it was found to be. */
const UPRIGHT: readonly Turn[] = [0, 270, 180, 90]

let current: { readonly key: string; readonly core: Core; readonly reader: Reader } | undefined
let orientation: Reader | undefined

/** Recognises the text of a page. */
export async function recognisePage(task: PageTask): Promise<Recognised> {
  try {
    const { core, reader } = await currentReader(task)
    const drawn = toGrey(task.width, task.height, task.pixels)
    const turn = recognise({ core, reader }, drawn, task)
    const hasText = reader.GetUTF8Text().trim() !== ''
    if (hasText) {
      const text = writeText(core, reader)
      const { trimmed } = task
      const points = {
        width: toPoints(task.width, task.dpi),
        height: toPoints(task.height, task.dpi),
      }
      writeFileSync(
        task.textPath,
        trimmed === undefined ? text : await trim(text, turnBox(trimmed, points, turn)),
      )
    }
    return { outcome: 'recognised', hasText, turn }
  } catch (error) {
    // Whatever state it was left in, nobody shall use it again.
    current = undefined
    orientation = undefined
    if (error instanceof WebAssembly.RuntimeError) return { outcome: 'out of memory' }
    throw error
  }
}

/** Tesseract as it is used now: another one for other languages. */
async function currentReader({ tesseract, languages }: PageTask) {
  const key = JSON.stringify([tesseract, languages])
  if (current?.key !== key) {
    const core = await startCore(tesseract)
    orientation = undefined
    current = { key, core, reader: openReader(core, tesseract, languages) }
  }
  return current
}

function show(core: Core, reader: Reader, picture: GreyPicture, dpi: number): void {
  core.FS.writeFile(INPUT, writePgm(picture))
  reader.SetVariable('user_defined_dpi', String(dpi))
  if (reader.SetImageFile(1, 0) !== 0) throw new Error('Tesseract cannot read the picture.')
  reader.SetSourceResolution(dpi)
  core.FS.unlink(INPUT)
}

/**
 * Reads a page, upright if that is asked for: a page of a few words may be any way up, until it is read.
 *
 * @returns how it was turned
 */
function recognise(
  { core, reader }: { readonly core: Core; readonly reader: Reader },
  drawn: GreyPicture,
  task: PageTask,
): Turn {
  const read = (turn: Turn): number => {
    show(core, reader, turnPicture(drawn, turn), task.dpi)
    reader.Recognize(null)
    return reader.MeanTextConf()
  }
  const found = task.autoOrient ? findTurn(core, drawn, task) : 0
  const confidence = read(found ?? 0)
  if (found !== undefined || confidence === 0 || confidence >= READABLE) return found ?? 0
  let best: Turn = 0
  let most = confidence + CLEARLY_MORE
  let last: Turn = 0
  for (const turn of [180, 90, 270] as const) {
    last = turn
    const other = read(turn)
    if (other < most) continue
    best = turn
    most = other
    if (other >= READABLE) break
  }
  if (best !== last) read(best)
  return best
}

/** @returns undefined when it cannot be told */
function findTurn(
  core: Core,
  picture: GreyPicture,
  { tesseract, dpi }: PageTask,
): Turn | undefined {
  orientation ??= openOrientation(core, tesseract)
  show(core, orientation, picture, dpi)
  const found = new core.OSResults()
  const isFound = orientation.DetectOS(found)
  const { orientation_id: quarters, oconfidence: confidence } = found.best_result
  core.destroy(found)
  return isFound && confidence >= LEAST_CONFIDENCE ? UPRIGHT[quarters] : undefined
}

/** Without an extension, which Tesseract adds. */
const WRITTEN = '/text'

function writeText(core: Core, reader: Reader): Uint8Array {
  const writer = new core.TessPDFRenderer(WRITTEN, '/', true)
  if (!(writer.BeginDocument('') && writer.AddImage(reader) && writer.EndDocument())) {
    throw new Error('Tesseract cannot write the text.')
  }
  core.destroy(writer)
  const text = core.FS.readFile(`${WRITTEN}.pdf`)
  core.FS.unlink(`${WRITTEN}.pdf`)
  return text
}

function toPoints(pixels: number, dpi: number): number {
  return (pixels * 72) / dpi
}

/** The place of a rectangle on a page that has been turned. */
function turnBox(box: Box, page: { width: number; height: number }, turn: Turn): Box {
  if (turn === 0) return box
  const [left, bottom, right, top] = box
  const quarter: Box = [bottom, page.width - right, top, page.width - left]
  const rest = ({ 90: 0, 180: 90, 270: 180 } as const)[turn]
  return turnBox(quarter, { width: page.height, height: page.width }, rest)
}

async function trim(text: Uint8Array, [left, bottom, right, top]: Box): Promise<Uint8Array> {
  // Few pages say that they are cut to size.
  const { PDFDocument } = await import('@cantoo/pdf-lib')
  const document = await PDFDocument.load(text)
  document.getPage(0).setTrimBox(left, bottom, right - left, top - bottom)
  return document.save()
}
