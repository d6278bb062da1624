import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { OperationError } from '../base/operation-error.ts'
import type { Part } from '../base/part.ts'
import type { LayerFile } from '../engine/layers/view-order.ts'
import type { Job } from '../engine/operation.ts'
import { createQueue } from '../tasks/queue.ts'
import type { Posters } from './render-job.ts'

/** How many are made at a time: each takes all the threads that it may have, and an office program much memory. */
const AT_ONCE = 1

/** Where in a video its poster is, as a share of how long it lasts: many begin in black. */
const POSTER_AT = 0.1

/** How loud a source is, is drawn for what has no pictures. */
const WAVEFORM = { width: 1280, height: 320, colour: '808080' } as const

/** The programs of the machine that make posters, empty where they are missing. */
export interface PosterPrograms {
  readonly ffmpeg: string
  readonly soffice: string
  readonly bwrap: string
}

/**
 * Makes what is shown of files that are no pictures: a picture of a video, and a PDF of the first page of an office file. Both are
 * made in processes and threads of their own, which end when nobody wants them any more.
 *
 * @param folder - where they are made; it is emptied by whoever starts the service
 */
export function createPosters(folder: string, programs: PosterPrograms): Posters & Part {
  const queue = createQueue(AT_ONCE)
  const closing = new AbortController()
  const running = new Set<Promise<void>>()
  let turn = 0

  async function make(kind: 'video' | 'office', job: Omit<Job<unknown>, 'wanted'>) {
    if (kind === 'video') {
      const { createVideo } = await import('../engine/video/video.ts')
      const video = createVideo({ program: programs.ffmpeg === '' ? undefined : programs.ffmpeg })
      const poster = { kind: 'poster', at: { share: POSTER_AT }, waveform: WAVEFORM } as const
      return video.run({ ...job, wanted: [poster] })
    }
    const { createOffice } = await import('../engine/office/office.ts')
    const office = createOffice({ programs })
    return office.run({ ...job, wanted: [{ format: 'pdf', pages: '1', bookmarks: false }] })
  }

  async function makeFile(
    source: LayerFile,
    { kind, file, signal }: Parameters<Posters['makePoster']>[1],
  ): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const own = await mkdtemp(path.join(folder, 'poster-'))
    try {
      const [made] = await make(kind, {
        sources: [source],
        folder: own,
        fetch: refuseFetch,
        signal,
        progress: () => undefined,
      })
      const [output] = (await made) ?? []
      if (!output) throw new TypeError('the operation has made no file')
      await rename(output.path, file)
    } finally {
      await rm(own, { recursive: true, force: true })
    }
  }

  return {
    async makePoster(source: LayerFile, { kind, file, signal }) {
      turn += 1
      const ending = AbortSignal.any([signal, closing.signal])
      const made = queue.run(turn, () => makeFile(source, { kind, file, signal: ending }), ending)
      running.add(made)
      try {
        await made
      } finally {
        running.delete(made)
      }
    },
    async close() {
      closing.abort(new Error('The service is stopping.'))
      await Promise.allSettled(running)
    },
  }
}

/** Nothing of a poster is elsewhere. */
async function refuseFetch(): Promise<never> {
  throw new OperationError('source_unreadable', {})
}
