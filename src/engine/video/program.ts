import { dirname } from 'node:path'
import { runProgram } from '../../programs/run-program.ts'
import { createFFmpegNews } from './ffmpeg-news.ts'
import type { FFmpeg } from './ffmpeg.ts'

/**
 * The FFmpeg of the machine.
 *
 * @param program - its path
 */
export function createProgram(program: string): FFmpeg {
  return {
    engine: 'program',
    async run({ source, made, signal, limits, onProgress }, toArguments) {
      // What is named like a protocol, or begins with a dash, is a file all the same.
      const args = toArguments({ source: `file:${source}`, made: `file:${made}` })
      const news = createFFmpegNews(onProgress)
      const { code, excess } = await runProgram(
        { command: program, args, folder: dirname(made), environment: {} },
        { written: made, limits, signal, onOutput: news.onOutput, onErrors: news.onErrors },
      )
      return { code, excess, log: news.log(), reached: news.reached() }
    },
  }
}
