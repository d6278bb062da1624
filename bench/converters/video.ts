import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { MediaOptions } from '../../src/engine/video/options.ts'
import { createVideo } from '../../src/engine/video/video.ts'
import { findPrograms } from '../../src/programs/programs.ts'
import { compare, takeTurns } from '../beside.ts'
import type { Finding } from '../measure.ts'
import { processorTime } from './processor-time.ts'
import { runOperation } from './run-operation.ts'

const run = promisify(execFile)

const ROUNDS = 3

interface Conversion {
  readonly what: string
  readonly options: MediaOptions
  /** The same, as people have FFmpeg do it. */
  readonly args: readonly string[]
  readonly limit?: number
}

const X264 = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '23', '-pix_fmt', 'yuv420p']

const CONVERSIONS: readonly Conversion[] = [
  {
    what: 'ten seconds of 720p to MP4, x264 and AAC',
    options: { kind: 'media', format: 'mp4', preset: 'medium', crf: 23 },
    args: [...X264, '-c:a', 'aac'],
    limit: 1.3,
  },
  {
    what: 'the same to MP3',
    options: { kind: 'media', format: 'mp3' },
    args: ['-vn', '-c:a', 'libmp3lame'],
  },
]

/** Processor time of the FFmpeg of the machine when we run it, and of the embedded one, beside FFmpeg by itself. */
export async function measureVideo(folder: string): Promise<Finding[]> {
  const { ffmpeg } = findPrograms(process.env)
  if (ffmpeg === undefined) {
    const what = 'video beside FFmpeg'
    const baseline = 'ffmpeg is not installed'
    const unknown = { measured: 'nothing', distance: 'unknown', goal: 'within 1.3 ×' }
    return [{ what, baseline, ...unknown, reached: undefined }]
  }
  const source = path.join(folder, 'source.mov')
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=25:d=10']
  const sound = ['-f', 'lavfi', '-i', 'sine=f=440:d=10']
  const codecs = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']
  await run(ffmpeg, ['-v', 'error', ...picture, ...sound, ...codecs, '-y', source])

  const findings: Finding[] = []
  for (const { what, options, args, limit } of CONVERSIONS) {
    const theirs = path.join(folder, `theirs.${options.format}`)
    const beside = (program: string | undefined) =>
      takeTurns(
        ROUNDS,
        () =>
          processorTime(() =>
            runOperation(createVideo({ program }), options, { sources: [source], folder }),
          ),
        () =>
          processorTime(() => run(ffmpeg, ['-v', 'error', '-i', source, ...args, '-y', theirs])),
      )
    findings.push(
      compare({
        what: `${what}: processor time, with the FFmpeg of the machine`,
        ...(await beside(ffmpeg)),
        program: 'ffmpeg',
        ...(limit !== undefined && { limit }),
        goal: limit === undefined ? 'none' : `within ${limit} ×`,
      }),
      compare({
        what: `${what}: processor time, with the embedded FFmpeg`,
        ...(await beside(undefined)),
        program: 'ffmpeg',
        goal: 'none',
      }),
    )
  }
  return findings
}
