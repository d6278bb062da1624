import { ServiceError } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { redact } from '../../base/redact.ts'
import type { RenditionEvent } from '../../contract/event.ts'
import type { RequestedRendition } from '../../contract/process-request.ts'
import type { ActionsClient, EndedActivation } from '../../orders/actions-client.ts'
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

/**
 * How long a worker that runs elsewhere may take to report, when nobody can say whether it still runs, and how long one
 * may answer that it is busy.
 */
const LONGEST_SILENCE_MS = 15 * 60 * 1000

/** The longest pause that a busy worker is given, however long a `Retry-After` it asks for. */
const LONGEST_PAUSE_MS = 60_000

/** The pause after a trouble that tells nothing of its length. */
const SHORT_PAUSE_MS = 1000

/** Turns accepted requests into activations, and sees to it that every rendition of theirs ends. */
export interface Processing {
  /** Takes a request that was just accepted. */
  begin: (request: StoredRequest, renditions: readonly RequestedRendition[]) => void
  /** Begins to work, first on what an earlier life of the service left pending. */
  start: () => void
  /** To be called when an activation has ended, with its id; never rejects, what goes wrong is told the log. */
  activationEnded: (activationId: string) => Promise<void>
  /** Whether an activation for this request is known to run, and so will be reconciled when it ends. */
  isUnderWay: (request: StoredRequest) => boolean
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

/** Whether a group's worker is called by its URL, rather than invoked by its name. */
function isCustom({ worker }: RenditionGroup): boolean {
  return URL.canParse(worker)
}

interface UnderWay {
  /** Not a key: a worker that runs elsewhere may answer with whatever id it likes, and with one twice. */
  activationId: string
  group: RenditionGroup
  /** Milliseconds since 1970. */
  since: number
}

/**
 * Makes the gateway's processing.
 *
 * @param options.workerOf - see {@link openRequests}
 * @param options.identityHeaders - what a custom worker gets to see of the client
 * @param options.settle - see {@link createSettling}
 */
export function createProcessing(options: {
  requests: Requests
  actions: ActionsClient
  workerOf: (rendition: RequestedRendition) => string
  identityHeaders: (request: StoredRequest) => Promise<Record<string, string>>
  settle: (request: StoredRequest, position: number, event: RenditionEvent) => Promise<boolean>
  log: Log
  now: () => number
}): Processing {
  const { requests, actions, log, now } = options
  const queue = requests.pendingGroups()
  const underWay = new Set<UnderWay>()
  const starting = new Set<Promise<void>>()
  /** Workers that are not called for a while, with the timer that ends it. */
  const resting = new Map<string, NodeJS.Timeout>()
  const turnedAwaySince = new WeakMap<RenditionGroup, number>()
  let paused = true

  function pump(): void {
    while (!paused && starting.size + underWay.size < MAX_UNDER_WAY) {
      const next = queue.findIndex(({ worker }) => !resting.has(worker))
      const [group] = next === -1 ? [] : queue.splice(next, 1)
      if (group === undefined) return
      const start = startGroup(group)
        .catch((error: unknown) => {
          log.error(`A request could not be processed and is tried again: ${String(error)}`)
          putBack(group, SHORT_PAUSE_MS)
        })
        .finally(() => {
          starting.delete(start)
          pump()
        })
      starting.add(start)
    }
  }

  /** Lets the group's worker rest for a while, and gives the group its place in the order back. */
  function putBack(group: RenditionGroup, pauseMs: number): void {
    const next = queue.findIndex(({ request }) => request > group.request)
    queue.splice(next === -1 ? queue.length : next, 0, group)
    clearTimeout(resting.get(group.worker))
    const end = setTimeout(() => {
      resting.delete(group.worker)
      pump()
    }, pauseMs)
    resting.set(group.worker, end.unref())
  }

  /** How long a worker wants to be left alone that is too busy for a group; undefined when it has been for too long. */
  function pauseOf(error: unknown, group: RenditionGroup): number | undefined {
    if (!(error instanceof ServiceError) || error.status !== 429) return undefined
    const since = turnedAwaySince.get(group) ?? now()
    turnedAwaySince.set(group, since)
    if (now() - since >= LONGEST_SILENCE_MS) return undefined
    const text = error.headers['Retry-After'] ?? ''
    const pause = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now()
    return pause >= 0 ? Math.min(pause, LONGEST_PAUSE_MS) : SHORT_PAUSE_MS
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
      const pause = pauseOf(error, group)
      if (pause !== undefined) return putBack(group, pause)
      if (paused) return
      const message = error instanceof Error ? error.message : String(error)
      return fail(request, renditions, { reason: 'GenericError', message })
    }
    const activation = { activationId, group, since: now() }
    underWay.add(activation)
    log.debug(
      `${request.requestId}: activation ${activationId} for ${renditions.length} renditions`,
    )
    // From here on nothing may throw, or the group would be begun twice.
    requests.countAttempt(group).catch((error: unknown) => {
      log.error(`${request.requestId}: an attempt could not be counted: ${String(error)}`)
    })
    // A custom worker names its activation only after it began, so this one may have ended already.
    if (isCustom(group)) await lookAfter(activation)
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
    if (!isCustom(group)) {
      const { orgId, clientId } = client
      return actions.invoke(group.worker, {
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
      const event = failedEvent(request, instructions, failure, now())
      if (await options.settle(request, position, event)) {
        const name = instructions.name ?? `rendition ${position}`
        log.warn(`${request.requestId}: ${name} failed: ${redact(failure.message)}`)
      }
    }
  }

  /** Writes the events that the worker of an ended activation owes. */
  async function reconcile({ group }: UnderWay, ended: EndedActivation): Promise<void> {
    const request = requests.byId(group.request)
    const owed = requests.pendingOf(group)
    if (request === undefined || owed.length === 0) return
    await fail(request, owed, { ...toFailure(ended.result), activationId: ended.activationId })
  }

  /** Reconciles an activation if it has ended. What goes wrong is told the log, and tried again at the next look. */
  async function lookAfter(activation: UnderWay): Promise<void> {
    const { activationId, since } = activation
    try {
      const ended = await actions.ended(activationId)
      if (ended === undefined) {
        if (now() - since < LONGEST_SILENCE_MS) return
        const minutes = LONGEST_SILENCE_MS / 60_000
        const message = `The worker reported nothing about this rendition within ${minutes} minutes.`
        await reconcile(activation, { activationId, result: { error: message } })
      } else {
        await reconcile(activation, ended)
      }
    } catch (error) {
      log.error(`Activation ${activationId} could not be reconciled: ${String(error)}`)
      return
    }
    underWay.delete(activation)
    pump()
  }

  async function lookAfterAll(
    isMeant: (activation: UnderWay) => boolean = () => true,
  ): Promise<void> {
    await Promise.all([...underWay].filter(isMeant).map(lookAfter))
  }

  const timer = setInterval(() => void lookAfterAll(), LOOK_AFTER_MS)
  timer.unref()

  return {
    begin(request, renditions) {
      const workers = new Set(renditions.map(options.workerOf))
      for (const worker of workers) queue.push({ request: request.id, worker })
      pump()
    },
    start() {
      paused = false
      if (queue.length > 0) log.info(`Taking up ${queue.length} pending requests again.`)
      pump()
    },
    activationEnded: (ended) => lookAfterAll(({ activationId }) => activationId === ended),
    isUnderWay: ({ id }) => [...underWay].some(({ group }) => group.request === id),
    waiting: () => queue.length,
    pause() {
      paused = true
    },
    async finish() {
      clearInterval(timer)
      await Promise.all(starting)
      await lookAfterAll()
    },
  }
}
