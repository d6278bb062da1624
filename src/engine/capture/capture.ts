import { OperationError } from '../../base/operation-error.ts'
import { isWebUrl } from '../../base/web-url.ts'
import type { Reach } from '../../fetching/reach.ts'
import { createQueue } from '../../tasks/queue.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { findBrowser } from './browser-program.ts'
import {
  CAPTURE_LIMITS,
  type CaptureLimits,
  type CaptureOptions,
  captureOptions,
} from './capture-options.ts'
import { findConfinement } from './confinement.ts'
import { documentKindOf } from './document-kind.ts'
import { type Captured, runCapture } from './run-capture.ts'
import type { Subject } from './task.ts'

/** How many Chromiums run beside each other. */
const MOST_AT_ONCE = 2

const MEDIA_TYPES = { pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg' } as const

/** What captures are made with. */
export interface CaptureSetup {
  /** The Chromium of the machine, if it has one. */
  readonly chromium: string | undefined
  /** The bubblewrap of the machine, if it has one. */
  readonly bwrap: string | undefined
  /** Whether the Chromium that comes with npm is taken where it runs; it is, unless given. */
  readonly embedded?: boolean
  /** How far a URL that is to be captured may reach. What a page opens has to be on the internet, or at the origin of that URL. */
  readonly reach: Reach
  /** The error where there is no Chromium. */
  readonly missing: () => OperationError
  readonly limits?: Partial<CaptureLimits>
}

/**
 * Makes the operation that has Chromium show pages of the web, or files as such pages, and prints or draws them. A page gets no further
 * than the internet, a file nowhere.
 */
export function createCapture(setup: CaptureSetup): Operation<CaptureOptions> {
  const limits = { ...CAPTURE_LIMITS, ...setup.limits }
  const queue = createQueue(MOST_AT_ONCE)
  let embedded = setup.embedded ?? true

  async function capture(
    subject: Subject,
    options: CaptureOptions,
    output: string,
    signal: AbortSignal,
  ): Promise<Captured> {
    const program = await findBrowser(setup.chromium, embedded)
    if (program === undefined) throw setup.missing()
    const confinement = await findConfinement(setup.bwrap)
    const { reach } = setup
    try {
      return await runCapture({
        program,
        confinement,
        subject,
        options,
        limits,
        reach,
        output,
        signal,
      })
    } catch (error) {
      const isUnusable = error instanceof OperationError && error.code === 'browser_unusable'
      if (!isUnusable || !embedded || setup.chromium === undefined) throw error
      // The system may permit its own what it does not permit others, as Ubuntu does with sandboxes.
      embedded = false
      return capture(subject, options, output, signal)
    }
  }

  return {
    options: captureOptions,
    run(job) {
      return startEach(job, 'capture', async (options, path) => {
        const subject = await toSubject(options, () => onlySource(job))
        const size = await queue.run(
          0,
          () => capture(subject, options, path, job.signal),
          job.signal,
        )
        return [{ path, mediaType: MEDIA_TYPES[options.format], ...size }]
      })
    },
  }
}

async function toSubject(
  { url, headers = {} }: CaptureOptions,
  source: () => ReturnType<typeof onlySource>,
): Promise<Subject> {
  if (url !== undefined) {
    const parsed = isWebUrl(url) ? URL.parse(url) : null
    if (parsed === null) {
      const protocol = URL.parse(url)?.protocol
      throw new OperationError('page_url_invalid', { place: protocol && `one of ${protocol}` })
    }
    return { kind: 'page', url: parsed.href, headers }
  }
  const given = source()
  return { kind: 'document', path: given.path, document: await documentKindOf(given) }
}
