import { rm } from 'node:fs/promises'
import { splitName } from '../../base/file-name.ts'
import type { ProgramLimits } from '../../programs/program-limits.ts'
import { formatOfExtension, formatOfMediaType } from '../../sources/format-lookup.ts'
import type { FormatId } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import { createQueue } from '../../tasks/queue.ts'
import type { JobSource, Operation } from '../operation.ts'
import { onlySource, startEach } from '../operation.ts'
import { EMBEDDED } from './embedded.ts'
import type { FFmpeg } from './ffmpeg.ts'
import { createMaker, type Maker } from './make-media.ts'
import { type VideoOptions, videoOptions } from './options.ts'
import { createProgram } from './program.ts'
import { RUN_LIMITS } from './run-limits.ts'
import { type PlayedSource, playedSource } from './source-formats.ts'

/** How videos are made on a machine. */
export interface VideoSettings {
  /** The path of the FFmpeg of the machine; the embedded one works where there is none. */
  readonly program: string | undefined
  /** {@link RUN_LIMITS} unless given. */
  readonly limits?: Partial<ProgramLimits>
}

/**
 * Makes video and audio of what plays, and single pictures of videos. Each source is read by the one reader of FFmpeg that
 * belongs to its content, and by no other.
 */
export function createVideo({ program, limits }: VideoSettings): Operation<VideoOptions> {
  const ffmpeg: FFmpeg = program === undefined ? EMBEDDED : createProgram(program)
  return {
    options: videoOptions,
    run(job) {
      const given = onlySource(job)
      const { signal } = job
      let maker: Promise<Maker> | undefined
      // Each run takes all the threads that it may have.
      const queue = createQueue(1)
      return startEach(job, 'video', async (options, path, index) => {
        maker ??= readSource(given).then((source) =>
          createMaker(source, { ffmpeg, signal, limits: { ...RUN_LIMITS, ...limits } }),
        )
        const { make } = await maker
        const { length } = job.wanted
        const onProgress = (done: number): void =>
          job.progress(
            (index + done) / length,
            `${Math.floor(done * 100)} % of video ${index + 1} of ${length}`,
          )
        onProgress(0)
        try {
          return [await queue.run(index, () => make(options, path, onProgress), signal)]
        } catch (error) {
          await rm(path, { force: true })
          throw error
        }
      })
    },
  }
}

async function readSource({ path, name, mediaType }: JobSource): Promise<PlayedSource> {
  const source = await identifySource(path, { name, mimetype: mediaType })
  return playedSource(source, calledFormat(name, mediaType))
}

function calledFormat(name = '', mediaType = ''): FormatId | undefined {
  const extension = splitName(name).extension.slice(1).toLowerCase()
  const [essence = ''] = mediaType.split(';')
  return formatOfExtension(extension) ?? formatOfMediaType(essence.trim().toLowerCase())
}
