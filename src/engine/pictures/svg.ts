import { mkdir, readFile } from 'node:fs/promises'
import { availableParallelism, homedir } from 'node:os'
import path from 'node:path'
import type { Sharp } from 'sharp'
import * as z from 'zod/mini'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { gunzip, isGzipped } from '../../sources/open-file.ts'
import { createWorkProcesses, type WorkProcesses } from '../../tasks/work-processes.ts'
import type { DrawingView } from './drawing.ts'
import { FAIL_ON, sharp } from './libvips.ts'
import type { SourceFormat } from './source-formats.ts'
import type { Source } from './source.ts'
import { writeFontConfiguration } from './svg-fonts.ts'
import { type SvgAnswer, type SvgWork, svgAnswerSchema } from './svg-work.ts'

/** How wide an SVG is drawn when nobody says how large, in pixels: as in AEM and in Adobe's SDK. */
const USUAL_WIDTH = 400

/** How long librsvg may take for one drawing, in milliseconds: many times what large maps take. */
const LONGEST_DRAWING_MS = 20_000

/** How long a process is kept without a drawing, in milliseconds: it holds some 60 MB. */
const IDLE_MS = 30_000

/** The most that an answer has, in bytes. */
const MOST_ANSWER_BYTES = 64 * 1024

/** Opens an SVG, see {@link createSvgOpener}. */
export type OpenSvg = (
  file: string,
  format: SourceFormat,
  options: {
    /** Where there is no file yet; a folder may be made of it, which whoever asks removes when it has done with the source. */
    readonly workFolder: string
    /** Ends what is being drawn. */
    readonly signal?: AbortSignal | undefined
  },
) => Promise<Source>

/**
 * Makes what opens SVGs, gzipped or not. A few bytes have librsvg draw for minutes, and no thread would end it: so it draws in a
 * process of its own, which is ended when it takes too long.
 *
 * @param options.longestMs - the time limit of one drawing
 * @returns rejects with an {@link OperationError} when it cannot be drawn
 */
export function createSvgOpener({ longestMs = LONGEST_DRAWING_MS } = {}): OpenSvg {
  let processes: WorkProcesses<SvgAnswer> | undefined
  let passing: WorkProcesses<SvgAnswer> | undefined
  const start = (keeps: () => boolean): WorkProcesses<SvgAnswer> =>
    createWorkProcesses({
      module: new URL('./svg-process.ts', import.meta.url),
      // Fonts of the person who runs this are found there, and nothing else of this process is any business of such a file.
      // Of parts for some languages alone the English ones are drawn.
      environment: {
        HOME: homedir(),
        FONTCONFIG_FILE: writeFontConfiguration(),
        LANG: 'en_US.UTF-8',
      },
      stderr: 'ignore',
      places: Math.min(availableParallelism(), 3),
      longestMs,
      idleMs: IDLE_MS,
      keeps,
      limits: { json: MOST_ANSWER_BYTES, bytes: 0 },
      read: (said) => z.parse(svgAnswerSchema, said),
    })

  return async (file, format, { workFolder, signal }) => {
    const svg = await readSvg(file, format)
    const kept = (processes ??= start(() => true))
    const work = (what: SvgWork, by = kept) =>
      askFor(by, { svg, work: what, longestMs, format, signal })
    let drawn = 0
    const measured = await work({ kind: 'measure' })
    if (measured.outcome !== 'measured') throw corruptSource(format.title, { cause: measured })
    const { size, leftOut, replacedFonts, ownFonts, redraws } = measured

    async function draw({ drawnAt, region }: DrawingView): Promise<Sharp> {
      drawn += 1
      const made = path.join(workFolder, `${drawn}.png`)
      await mkdir(workFolder, { recursive: true })
      const by = ownFonts ? (passing ??= start(() => false)) : kept
      const outcome = await work({ kind: 'draw', size, drawnAt, redraws, region, file: made }, by)
      if (outcome.outcome === 'failed') throw new Error(outcome.message)
      // Whoever made the view has counted the pixels.
      return sharp(made, { failOn: FAIL_ON, limitInputPixels: false })
    }

    return {
      input: {
        usualScale: USUAL_WIDTH / size.width,
        unitsPerInch: undefined,
        maxPixels: Number.POSITIVE_INFINITY,
        draw,
      },
      format,
      ...size,
      orientation: 1,
      resolution: undefined,
      page: 0,
      opaque: false,
      frames: 1,
      pictures: 1,
      leftOut,
      replacedFonts,
      eightBit: true,
    }
  }
}

async function readSvg(file: string, { title }: SourceFormat): Promise<Buffer> {
  const content = await readFile(file)
  return isGzipped(content) ? gunzip(content, title) : content
}

/** What librsvg says of a drawing that goes beyond one of its limits, and of what there are too many. */
const LIMITS: readonly (readonly [said: RegExp, of: string])[] = [
  [/more than (\d+) referenced elements/, 'elements that are drawn again'],
  [/more than (\d+) XML elements/, 'elements'],
  [/more than (\d+) attributes/, 'attributes of an element'],
  [/maximum depth of (\d+) nested layers/, 'layers within each other'],
]

/** @throws {@link OperationError} source_exceeds_limit when a drawing is whole and has too much of something */
function refuseTooMuch(said: string): void {
  for (const [pattern, of] of LIMITS) {
    const [, most] = pattern.exec(said) ?? []
    if (most !== undefined) {
      throw new OperationError('source_exceeds_limit', { most: Number(most), of })
    }
  }
}

async function askFor(
  processes: WorkProcesses<SvgAnswer>,
  {
    svg,
    work,
    longestMs,
    format: { title },
    signal,
  }: {
    readonly svg: Buffer
    readonly work: SvgWork
    readonly longestMs: number
    readonly format: SourceFormat
    readonly signal: AbortSignal | undefined
  },
): Promise<SvgAnswer> {
  const outcome = await processes.run(work, { bytes: svg, signal })
  if (outcome === 'too slow') {
    const seconds = longestMs / 1000
    throw new OperationError('source_too_slow', { task: 'decode', seconds, title })
  }
  if (outcome === 'ended')
    throw new OperationError('source_out_of_memory', { task: 'decode', title })
  if (outcome.answer.outcome === 'failed') refuseTooMuch(outcome.answer.message)
  return outcome.answer
}

/** Opens an SVG in the processes that this one has for all of them. */
export const openSvg: OpenSvg = createSvgOpener()
