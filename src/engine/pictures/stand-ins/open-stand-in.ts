import { OperationError } from '../../../base/operation-error.ts'
import { installPackages, PROGRAMS } from '../../../programs/programs.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import { type IdentifiedSource, identifySource } from '../../../sources/identify.ts'
import { createThread } from '../../../tasks/thread.ts'
import type { StandInFormat, StandInRequest } from './stand-in.ts'
import type { writeStandInHere } from './write-stand-in.ts'

/** Ten times what the largest files take on two cores of a cloud machine. */
const LONGEST_MS = 30_000

/** As much memory as an idle thread may keep, in bytes. */
const MOST_HELD_BYTES = 64_000_000

/** Makes what has files written that are shown in place of others, in a thread of its own. */
export function createStandIns({ longestMs = LONGEST_MS } = {}): (
  request: StandInRequest,
  signal?: AbortSignal,
) => Promise<IdentifiedSource> {
  const { run } = createThread<typeof writeStandInHere>({
    module: new URL('./stand-in-thread.ts', import.meta.url),
    longestMs,
    mostHeldBytes: MOST_HELD_BYTES,
  })
  return async (request, signal) => {
    const { title } = KNOWN_FORMATS[request.format]
    const answer = await run(request, signal).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
        throw new OperationError('source_out_of_memory', { task: 'decode', title })
      }
      throw error
    })
    if (answer === undefined) {
      const seconds = longestMs / 1000
      throw new OperationError('source_too_slow', { task: 'decode', seconds, title })
    }
    if (answer.outcome === 'failed') {
      throw new OperationError(answer.failure.code, answer.failure.fields)
    }
    if (answer.outcome === 'none') {
      throw new OperationError('source_no_preview', { title, help: helpFor(request.format) })
    }
    return identifySource(request.standInPath)
  }
}

/** What somebody could do who has a file without a preview; it completes the sentence "…; …". */
function helpFor(format: StandInFormat): string {
  const programs = [PROGRAMS.gs.packages, PROGRAMS.bwrap.packages]
  // The sandbox that such a program needs is there on Linux alone.
  const command = process.platform === 'linux' ? installPackages(programs, 'linux') : undefined
  if (format !== 'eps' || command === undefined) return 'save it with one'
  return `save it with one, or install Ghostscript and bubblewrap, which draw it in the local service, with "${command}"`
}

/**
 * Opens what is shown in place of a source.
 *
 * @throws {@link OperationError} when the source is damaged, has nothing to be shown, or takes too long
 */
export const openStandIn = createStandIns()
