/** Why a service is not ready: a code for programs, and a sentence for people. Strangers read it, so neither says where or how much. */
export interface Reason {
  readonly code: string
  readonly message: string
}

/** Something that a service cannot do without. */
export interface Check extends Reason {
  /** Whether it is there; what is thrown means that it is not. */
  readonly isGood: () => boolean | Promise<boolean>
}

/** Whether a service can do its work. */
export interface Health {
  /** Why it cannot; none when it can. */
  readonly reasons: () => Promise<readonly Reason[]>
}

/** How long an answer holds for whoever asks next, in milliseconds: anybody may ask, and looking writes to the disk. */
const HOLDS_MS = 1000

/**
 * Looks at all that a service cannot do without, once for all who ask at about the same time.
 *
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function createHealth(options: {
  checks: readonly Check[]
  elapsed?: () => number
}): Health {
  const { checks, elapsed = () => performance.now() } = options
  let looked: { at: number; reasons: Promise<readonly Reason[]> } | undefined

  async function look(): Promise<readonly Reason[]> {
    const found = await Promise.all(
      checks.map(async ({ code, message, isGood }) =>
        (await isGoodNow(isGood)) ? [] : [{ code, message }],
      ),
    )
    return found.flat()
  }

  return {
    reasons() {
      if (looked === undefined || elapsed() - looked.at >= HOLDS_MS) {
        looked = { at: elapsed(), reasons: look() }
      }
      return looked.reasons
    },
  }
}

async function isGoodNow(isGood: Check['isGood']): Promise<boolean> {
  try {
    return await isGood()
  } catch {
    return false
  }
}
