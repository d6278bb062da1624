import { mkdir, readFile } from 'node:fs/promises'
import { availableParallelism, homedir } from 'node:os'
import path from 'node:path'
import type { Sharp } from 'sharp'
import * as z from 'zod/mini'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { gunzip, isGzipped } from '../../sources/open-file.ts'
import { createWorkProcesses, type WorkProcesses } from '../../tasks/work-processes.ts'
import { FAIL_ON } from './decode-view.ts'
import type { DrawingView } from './drawing.ts'
import { sharp } from './libvips.ts'
import type { Source } from './source.ts'
import type { SourceFormat } from './source-formats.ts'
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
    readonly drawnPath: string
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
  const processes = createWorkProcesses({
    module: new URL('./svg-process.ts', import.meta.url),
    // Fonts of the person who runs this are found there, and nothing else of this process is any business of such a file.
    environment: { HOME: homedir() },
    stderr: 'ignore',
    places: Math.min(availableParallelism(), 3),
    longestMs,
    idleMs: IDLE_MS,
    limits: { json: MOST_ANSWER_BYTES, bytes: 0 },
    read: (said) => z.parse(svgAnswerSchema, said),
  })

  return async (file, format, { drawnPath, signal }) => {
    const svg = await readSvg(file, format)
    const work = (what: SvgWork) =>
      askFor(processes, { svg, work: what, longestMs, format, signal })
    let drawn = 0
    const measured = await work({ kind: 'measure' })
    if (measured.outcome !== 'measured') {
      const cause = measured.outcome === 'failed' ? new Error(measured.message) : undefined
      throw corruptSource(format.title, { cause })
    }
    const { size } = measured

    async function draw({ drawnAt, region }: DrawingView): Promise<Sharp> {
      drawn += 1
      const made = path.join(drawnPath, `${drawn}.png`)
      await mkdir(drawnPath, { recursive: true })
      const outcome = await work({ kind: 'draw', size, drawnAt, region, file: made })
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
      eightBit: true,
      narrowFirst: false,
    }
  }
}

async function readSvg(file: string, { title }: SourceFormat): Promise<Buffer> {
  const content = await readFile(file)
  try {
    return isGzipped(content) ? gunzip(content) : content
  } catch (error) {
    throw corruptSource(title, { cause: error })
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
  return outcome.answer
}

/** Opens an SVG in the processes that this one has for all of them. */
export const openSvg: OpenSvg = createSvgOpener()
