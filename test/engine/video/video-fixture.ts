import { spawnSync } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { OutputFile } from '../../../src/engine/operation.ts'
import type { VideoOptions } from '../../../src/engine/video/options.ts'
import { createVideo } from '../../../src/engine/video/video.ts'
import type { ProgramLimits } from '../../../src/programs/program-limits.ts'
import { findPrograms } from '../../../src/programs/programs.ts'

/** The FFmpeg of this machine, if there is one. */
export const FFMPEG = findPrograms({ PATH: process.env['PATH'] }).ffmpeg

/** A small waveform, in red. */
export const WAVEFORM = { width: 64, height: 32, colour: 'ff0000' } as const

/** Pictures that move and a tone, for FFmpeg to make: of a size, as many a second, for some seconds. */
export function film(size: string, { rate = 10, seconds = 1 } = {}): string[] {
  return [
    ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`],
    ['-f', 'lavfi', '-i', `sine=440:duration=${seconds}`],
  ].flat()
}

/** Makes a source with the FFmpeg of the machine. */
export function draw(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(FFMPEG ?? '', ['-v', 'error', '-y', ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
}

const probeSchema = z.object({
  streams: z.array(
    z.object({
      codec_type: z.optional(z.string()),
      codec_name: z.optional(z.string()),
      profile: z.optional(z.string()),
      width: z.optional(z.int()),
      height: z.optional(z.int()),
      pix_fmt: z.optional(z.string()),
      color_transfer: z.optional(z.string()),
      channels: z.optional(z.int()),
      sample_rate: z.optional(z.string()),
    }),
  ),
  format: z.object({ format_name: z.string(), duration: z.optional(z.string()) }),
})

/** What ffprobe, which had no part in it, says of a file. */
export function probe(path: string) {
  const { stdout, stderr } = spawnSync(
    'ffprobe',
    ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', path],
    { encoding: 'utf8' },
  )
  if (stderr !== '') throw new Error(stderr)
  const { streams, format } = probeSchema.parse(JSON.parse(stdout))
  return {
    codecs: streams.map(({ codec_name: codec }) => codec),
    streams,
    format: format.format_name,
    seconds: Number(format.duration ?? 0),
  }
}

/** Makes files of a source, in a folder of their own. */
export async function make(
  path: string,
  wanted: readonly VideoOptions[],
  options: {
    program: string | undefined
    name?: string
    signal?: AbortSignal
    limits?: Partial<ProgramLimits>
    progress?: (done: number) => void
  },
): Promise<readonly OutputFile[]> {
  const { name = path, signal = new AbortController().signal, progress } = options
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-video-'))
  const files = createVideo(options).run({
    sources: [{ path, name }],
    wanted,
    folder,
    fetch: () => Promise.reject(new Error('nothing is fetched')),
    signal,
    progress: (done) => progress?.(done),
  })
  return (await Promise.all(files)).flat()
}
