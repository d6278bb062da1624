import { mkdir, writeFile } from 'node:fs/promises'
import type { Hono } from 'hono'
import { ServiceError } from '../../../src/base/errors.ts'
import { writeZip } from '../../../src/compose/write-zip.ts'
import { onlyFrontEnd } from '../../../src/database/front-ends.ts'
import { ATTRIBUTES } from '../../../src/doors/scene7/catalogue/attributes.ts'
import { EXPORT_LIMITS } from '../../../src/doors/scene7/ips/exports/export-limits.ts'
import { openScene7Door, type Scene7Door } from '../../../src/doors/scene7/scene7-door.ts'
import type { MadeView } from '../../../src/engine/layers/view-order.ts'
import type { HttpEnv } from '../../../src/http/root-app.ts'
import type { RenderJob } from '../../../src/image-pool/render-job.ts'
import type { Mail } from '../../../src/mail/mail.ts'
import { rootApp } from '../../support/root-app.ts'
import { openFiles } from './open-databases.ts'

/** The company of tests. */
export const COMPANY = 'acme'

/** A renderer that answers with a text of what it was asked for, and counts. */
export function createFakeRenderer() {
  const jobs: RenderJob[] = []
  const ended: unknown[] = []
  const asEver = async (job: RenderJob, _signal: AbortSignal): Promise<MadeView> => {
    const { width = 300, height = 200 } = job.composition.view
    return {
      bytes:
        job.encoding && Buffer.from(`picture ${jobs.length} of ${Object.keys(job.files).join()}`),
      composite: { width: 300, height: 200 },
      view: { width, height },
    }
  }
  let answer = asEver
  return {
    jobs,
    /** Why those were given up that were. */
    ended,
    answerWith(next: typeof asEver) {
      answer = next
    },
    answerAsEver() {
      answer = asEver
    },
    async render(job: RenderJob, signal: AbortSignal): Promise<MadeView> {
      jobs.push(job)
      signal.addEventListener('abort', () => ended.push(signal.reason), { once: true })
      const made = await answer(job, signal)
      const { width, height } = made.view
      const isMade = width * height <= (job.mostPixels ?? Number.POSITIVE_INFINITY)
      if (job.to === undefined || !isMade || !made.bytes) return made
      await writeFile(job.to, made.bytes)
      return { ...made, bytes: undefined }
    },
  }
}

export type FakeRenderer = ReturnType<typeof createFakeRenderer>

/** A door, the app that it is mounted in, and the renderer that it asks. */
export interface OpenedDoor {
  readonly door: Scene7Door
  readonly app: Hono<HttpEnv>
  readonly renderer: FakeRenderer
  /** What was logged as an error. */
  readonly errors: string[]
  readonly messages: string[]
  /** What was sent. */
  readonly mails: Mail[]
}

/** Opens a door with its state in `home`. */
export async function openDoor(
  home: string,
  options: Partial<Parameters<typeof openScene7Door>[0]> = {},
): Promise<OpenedDoor> {
  await mkdir(home, { recursive: true })
  const renderer = createFakeRenderer()
  const errors: string[] = []
  const messages: string[] = []
  const mails: Mail[] = []
  const push = (message: string) => void messages.push(message)
  const databases = options.databases ?? (await openFiles(home))
  const opening = openScene7Door({
    home,
    databases,
    frontEnds: onlyFrontEnd(),
    credentials: { user: 'ann', password: 'p<ss', company: COMPANY },
    guesses: { wrong: () => undefined, demand: () => undefined },
    verifyToken: async (token) => {
      if (token !== 'good') throw new ServiceError('unauthenticated', 'The token is none.')
    },
    reachable: () => ({ reach: 'machine' }),
    renderer,
    posters: {
      makePoster: async ({ name }, { kind, file }) => writeFile(file, `${kind} ${name}`),
    },
    readXmp: async ({ name }) => (name.endsWith('.jpg') ? `<xmp>${name}</xmp>` : undefined),
    countPages: async () => 1,
    findAttention: async (_source, shapes) =>
      shapes.map(({ width, height }) => ({ x: 0.25, y: 0, width: 0.5, height: height / width })),
    writeZip,
    exportLimits: EXPORT_LIMITS,
    sendMail: async (mail) => void mails.push(mail),
    findMail: async ({ id }) => {
      const mail = mails.find((each) => each.id === id)
      return mail ? { place: 'file', ...mail } : { place: 'nowhere' }
    },
    attributes: { ...ATTRIBUTES, smartCrops: [] },
    log: { error: push, warn: push, info: push, debug: push },
    now: Date.now,
    ...options,
  })
  const opened = await opening.catch(async (error: unknown) => {
    await databases.close?.()
    throw error
  })
  const door: Scene7Door = {
    ...opened,
    async close() {
      await opened.close?.()
      await databases.close?.()
    },
  }
  const app = rootApp({ error: (message) => void errors.push(message) }).route('/', door.app)
  return { door, app, renderer, errors, messages, mails }
}

/** A body for what is stored. */
export function streamOf(text: string | Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([typeof text === 'string' ? text : new Uint8Array(text)]).stream()
}
