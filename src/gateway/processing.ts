import { HttpError } from '../contract/errors.ts'
import type { RenditionEvent } from '../contract/event.ts'
import type { RequestedRendition } from '../contract/process-request.ts'
import type { ActionsClient, EndedActivation } from './actions-client.ts'
import type { Log } from './log.ts'
import { failedEvent, markRendition, toFailure } from './rendition-events.ts'
import type { PendingRendition, RenditionGroup, Requests, StoredRequest } from './requests.ts'

/**
 * Activations that the gateway has under way at a time: enough to keep every core busy, few enough that a killed service
 * interrupts few requests, and far below what a namespace allows, so that web calls find room.
 */
const MAX_UNDER_WAY = 16

/** How often a rendition is begun anew after the service was killed under it. */
const MAX_ATTEMPTS = 3

/** How often the gateway looks for activations whose end it was not told of. */
const LOOK_AFTER_MS = 5000

/** How long a worker that runs elsewhere may take to report, when nobody can say whether it still runs. */
const LONGEST_SILENCE_MS = 15 * 60 * 1000

/** Turns accepted requests into activations, and sees to it that every rendition of theirs ends. */
export interface Processing {
  /** Takes a request that was just accepted. */
  begin: (request: StoredRequest, renditions: readonly RequestedRendition[]) => void
  /** Begins to work, first on what an earlier life of the service left pending. */
  start: () => void
  /** To be called when an activation has ended, with its id. */
  activationEnded: (activationId: string) => Promise<void>
  /** How many groups of renditions wait for their turn. */
  waiting: () => number
  /** Begins nothing new. */
  pause: () => void
  /**
   * After {@link Processing.pause}, and once the actions have ended: resolves when all of them are reconciled. What runs
   * elsewhere stays pending, to be begun anew.
   */
  finish: () => Promise<void>
}

interface UnderWay {
  group: RenditionGroup
  /** Milliseconds since 1970. */
  since: number
}

/**
 * Makes the gateway's processing.
 *
 * @param options.builtInAction - makes the renditions that name no worker
 * @param options.identityHeaders - what a custom worker gets to see of the client
 * @param options.settle - see {@link createSettling}
 */
export function createProcessing(options: {
  requests: Requests
  actions: ActionsClient
  builtInAction: string
  identityHeaders: (request: StoredRequest) => Promise<Record<string, string>>
  settle: (request: StoredRequest, position: number, event: RenditionEvent) => Promise<boolean>
  log: Log
  now: () => number
}): Processing {
  const { requests, actions, log, now } = options
  const queue = requests.pendingGroups()
  const underWay = new Map<string, UnderWay>()
  const starting = new Set<Promise<void>>()
  let busyUntil = 0
  let paused = true

  function pump(): void {
    while (!paused && now() >= busyUntil && starting.size + underWay.size < MAX_UNDER_WAY) {
      const group = queue.shift()
      if (group === undefined) return
      const start = startGroup(group)
        .catch((error: unknown) => {
          log.error(`A request could not be processed and is tried again: ${String(error)}`)
          putBack(group, 1)
        })
        .finally(() => {
          starting.delete(start)
          pump()
        })
      starting.add(start)
    }
  }

  /** Begins nothing for a while, and then with this group. */
  function putBack(group: RenditionGroup, seconds: number): void {
    queue.unshift(group)
    busyUntil = now() + seconds * 1000
    setTimeout(pump, seconds * 1000).unref()
  }

  async function startGroup(group: RenditionGroup): Promise<void> {
    const request = requests.byId(group.request)
    const renditions = requests.pendingOf(group)
    const [first] = renditions
    if (request === undefined || first === undefined) return
    if (first.attempts >= MAX_ATTEMPTS) {
      const message = `The service was interrupted ${MAX_ATTEMPTS} times while this rendition was under way; please ask for it again.`
      return fail(request, renditions, { reason: 'GenericError', message })
    }
    let activationId: string
    try {
      activationId = await call(request, group, renditions)
    } catch (error) {
      if (error instanceof HttpError && error.status === 429) {
        return putBack(group, Number(error.headers['Retry-After'] ?? 1))
      }
      if (paused) return
      const message = error instanceof Error ? error.message : String(error)
      return fail(request, renditions, { reason: 'GenericError', message })
    }
    underWay.set(activationId, { group, since: now() })
    log.debug(
      `${request.requestId}: activation ${activationId} for ${renditions.length} renditions`,
    )
    await requests.countAttempt(group)
    // A custom worker names its activation only after it began, so this one may have ended already.
    if (group.worker !== undefined) await activationEnded(activationId)
  }

  async function call(
    request: StoredRequest,
    group: RenditionGroup,
    renditions: readonly PendingRendition[],
  ): Promise<string> {
    const { source, userData, requestId, client } = request
    const params = {
      source: typeof source === 'string' ? { url: source } : source,
      renditions: renditions.map((rendition) => markRendition(request, rendition)),
      userData,
      times: {
        gateway: new Date(request.acceptedAt).toISOString(),
        process: new Date(now()).toISOString(),
      },
    }
    if (group.worker === undefined) {
      const { orgId, clientId } = client
      return actions.invoke(options.builtInAction, {
        ...params,
        requestId,
        auth: { orgId, clientId },
      })
    }
    return actions.callWorker(group.worker, params, await options.identityHeaders(request))
  }

  async function fail(
    request: StoredRequest,
    renditions: readonly PendingRendition[],
    failure: ReturnType<typeof toFailure> & { activationId?: string },
  ): Promise<void> {
    for (const { position, instructions } of renditions) {
      const settled = await options.settle(
        request,
        position,
        failedEvent(request, instructions, failure, now()),
      )
      if (settled)
        log.warn(
          `${request.requestId}: ${nameOf(instructions, position)} failed: ${failure.message}`,
        )
    }
  }

  /** Writes the events that the worker of an ended activation owes. */
  async function reconcile({ group }: UnderWay, ended: EndedActivation): Promise<void> {
    const request = requests.byId(group.request)
    const owed = requests.pendingOf(group)
    if (request === undefined || owed.length === 0) return
    await fail(request, owed, { ...toFailure(ended.result), activationId: ended.activationId })
  }

  async function activationEnded(activationId: string): Promise<void> {
    const activation = underWay.get(activationId)
    if (activation === undefined) return
    const ended = await actions.ended(activationId)
    if (ended === undefined) {
      if (now() - activation.since < LONGEST_SILENCE_MS) return
      const minutes = LONGEST_SILENCE_MS / 60_000
      const message = `The worker reported nothing about this rendition within ${minutes} minutes.`
      await reconcile(activation, { activationId, result: { error: message } })
    } else {
      await reconcile(activation, ended)
    }
    underWay.delete(activationId)
    pump()
  }

  const timer = setInterval(() => {
    for (const activationId of underWay.keys()) {
      activationEnded(activationId).catch((error: unknown) =>
        log.error(`Activation ${activationId} could not be reconciled: ${String(error)}`),
      )
    }
  }, LOOK_AFTER_MS)
  timer.unref()

  return {
    begin(request, renditions) {
      const workers = new Set(renditions.map(({ worker }) => worker))
      for (const worker of workers) queue.push({ request: request.id, worker })
      pump()
    },
    start() {
      paused = false
      if (queue.length > 0) log.info(`Taking up ${queue.length} pending requests again.`)
      pump()
    },
    activationEnded,
    waiting: () => queue.length,
    pause() {
      paused = true
    },
    async finish() {
      clearInterval(timer)
      await Promise.all(starting)
      await Promise.all([...underWay.keys()].map(activationEnded))
    },
  }
}

function nameOf(instructions: PendingRendition['instructions'], position: number): string {
  return instructions.name ?? `rendition ${position}`
}
