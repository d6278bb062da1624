import { type Log, type LogSubject, runAbout } from '../base/log.ts'
import type { Database } from '../home/database.ts'
import type { ActionsClient, EndedActivation } from './actions-client.ts'
import { CANCELLED, type OrderFailure, type OrderingDoor, type WorkerCall } from './door.ts'
import { type NewOrder, type Order, type OrderStore, openOrderStore } from './order-store.ts'
import { createPlaces } from './places.ts'
import { createRests } from './rests.ts'
import { createTrials, MOST_DEATHS, type Trials } from './trials.ts'
import { createTurns } from './turns.ts'
import { isCustom } from './worker.ts'

/** How often it is looked for activations whose end nobody told of, in milliseconds. */
const LOOK_AFTER_MS = 5000

/** How long a worker that runs elsewhere may take to report, when nobody can say whether it still runs, in milliseconds. */
const LONGEST_SILENCE_MS = 15 * 60 * 1000

/** The pause after a trouble that tells nothing of its length, in milliseconds. */
const SHORT_PAUSE_MS = 1000

/** Accepted work: turned into activations, and seen to its end, exactly one for each item. */
export interface Orders {
  /** Takes the orders of a door, and hands it what becomes of them; before {@link Orders.start}. */
  serve: (name: string, door: OrderingDoor) => void
  /** Stores an order, see {@link OrderStore.accept}; {@link Orders.begin} has to follow once it is on the disk. */
  accept: (order: NewOrder) => Order
  /** Gives an accepted order its turn. */
  begin: (order: Order) => void
  /** See {@link OrderStore.find}. */
  find: OrderStore['find']
  /** See {@link OrderStore.end}. */
  end: OrderStore['end']
  /** See {@link OrderStore.forget}. */
  forget: OrderStore['forget']
  /** See {@link OrderStore.sweep}. */
  sweep: OrderStore['sweep']
  /**
   * Ends what of an order has not ended, and its activation; its process is free within a second. A worker that runs
   * elsewhere goes on, and is not listened to any more.
   */
  cancel: (id: number) => Promise<void>
  /** Whether an activation for this order is known to run, and so will be reconciled when it ends. */
  isUnderWay: (id: number) => boolean
  /** See {@link OrderStore.backlog}. */
  backlog: OrderStore['backlog']
  /** How many orders of a door wait for their turn, or of one client of it. */
  waiting: (door: string, client?: string) => number
  /** To be called when an activation has ended, with its id; never rejects, what goes wrong is told the log. */
  activationEnded: (activationId: string) => Promise<void>
  /** How that is tried again under which the service has died; for the doors' own work, too. */
  readonly trials: Trials
  /** Begins to work, first on what an earlier life of the service left pending. */
  start: () => void
  /** Begins nothing new. */
  pause: () => void
  /**
   * After {@link Orders.pause}, and once the actions have ended: resolves when all of them are reconciled. What runs
   * elsewhere stays pending, to be begun anew.
   */
  finish: () => Promise<void>
  close: () => void
}

interface UnderWay {
  /** Not a key: a worker that runs elsewhere may answer with whatever id it likes, and with one twice. */
  readonly activationId: string
  readonly order: Order
  /** What is logged of it is about this. */
  readonly about: LogSubject
  /** By the clock that nobody sets, in milliseconds. */
  readonly since: number
  /** Tells {@link Trials} of its end, and leaves its place. */
  readonly leave: () => void
}

/**
 * Opens the orders in `database`.
 *
 * @param options.isRunning - whether an activation runs here, however long it has: one that does is not given up
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function openOrders(options: {
  database: Database
  actions: ActionsClient
  isRunning: (activationId: string) => boolean
  log: Log
  now: () => number
  elapsed?: () => number
}): Orders {
  const { actions, isRunning, log, now, elapsed = () => performance.now() } = options
  const store = openOrderStore(options.database, now)
  const doors = new Map<string, OrderingDoor>()
  const places = createPlaces()
  const rests = createRests({ now, elapsed, onEnd: pump })
  const trials = createTrials()
  trials.onRoom(pump)
  const underWay = new Set<UnderWay>()
  const starting = new Map<number, Promise<void>>()
  /** Those that were cancelled while their worker was being started. */
  const cancelled = new Set<number>()
  let paused = true
  const deaths = store.attempts()
  const deathsUnder = ({ id }: Order): number => deaths.get(id) ?? 0
  const turns = createTurns({
    isElsewhere: isCustom,
    kindOf: (order) => `${deathsUnder(order)} ${order.worker}`,
  })
  // What an earlier life of the service left.
  for (const order of store.pending()) turns.add(order)

  function doorOf({ door }: Order): OrderingDoor {
    const found = doors.get(door)
    if (found === undefined) throw new Error(`there is no door ${door}`)
    return found
  }

  function pump(): void {
    while (!paused) {
      const order = turns.take({
        hasPlace: places.areFree,
        mayBegin: (waiting) =>
          places.hasOneFor(waiting) &&
          !rests.has(waiting.worker) &&
          trials.mayBegin(deathsUnder(waiting)),
      })
      if (order === undefined) return
      const leave = begin(order)
      // Whoever has made room for it, what is told is about this one.
      const start = runAbout({ door: order.door, order: order.id }, () =>
        startOrder(order, leave)
          .catch((error: unknown) => {
            log.error(`A request could not be processed and is tried again: ${String(error)}`)
            putBack(order, SHORT_PAUSE_MS)
          })
          .finally(() => {
            starting.delete(order.id)
            cancelled.delete(order.id)
            if (!isUnderWay(order.id)) leave()
            pump()
          }),
      )
      starting.set(order.id, start)
    }
  }

  /** @returns what is to be called at the end */
  function begin(order: Order): () => void {
    const endTrial = trials.begin(deathsUnder(order))
    const leavePlace = places.take(order)
    return () => {
      endTrial()
      leavePlace()
    }
  }

  /** Lets the order's worker rest for a while, and gives the order its place back. */
  function putBack(order: Order, pauseMs: number): void {
    turns.add(order)
    rests.begin(order.worker, pauseMs)
  }

  function isUnderWay(id: number): boolean {
    return [...underWay].some(({ order }) => order.id === id)
  }

  /** Has an activation under way no more, however it ended. */
  function letGo(activation: UnderWay): void {
    underWay.delete(activation)
    activation.leave()
    pump()
  }

  async function startOrder(order: Order, leave: () => void): Promise<void> {
    const items = store.pendingItems(order.id)
    const call = items.length === 0 ? undefined : doorOf(order).call(order, items)
    if (call === undefined) return
    const about = { requestId: call.title, door: order.door, order: order.id }
    if (deathsUnder(order) >= MOST_DEATHS) {
      const message = `The service was interrupted ${MOST_DEATHS} times while this rendition was under way; please ask for it again.`
      return doorOf(order).fail(order, items, { code: 'interrupted', message })
    }
    let activationId: string
    try {
      activationId = await runAbout(about, () => callWorker(order, call))
    } catch (error) {
      if (cancelled.has(order.id)) return
      const pauseMs = rests.pauseFor(order, error)
      if (pauseMs !== undefined) return putBack(order, pauseMs)
      if (paused) return
      const message = error instanceof Error ? error.message : String(error)
      return doorOf(order).fail(order, items, { code: 'refused', message })
    }
    const activation = {
      activationId,
      order,
      about: { ...about, activationId },
      since: elapsed(),
      leave,
    }
    underWay.add(activation)
    log.debug(`activation ${activationId} for ${items.length} renditions`, activation.about)
    // From here on nothing may throw, or the order would be begun twice.
    store.countAttempt(order.id).catch((error: unknown) => {
      log.error(`an attempt could not be counted: ${String(error)}`, about)
    })
    if (cancelled.has(order.id)) await endActivation(activation)
    // A custom worker names its activation only after it began, so this one may have ended already.
    else if (isCustom(order)) await lookAfter(activation)
  }

  async function callWorker(order: Order, { params, identify }: WorkerCall): Promise<string> {
    if (!isCustom(order)) return actions.invoke(order.worker, params)
    return actions.callWorker(order.worker, params, await identify())
  }

  /** What cannot be ended is left to its own end, to which nobody listens any more. */
  async function endActivation(activation: UnderWay): Promise<void> {
    const { activationId, about } = activation
    await actions.cancel(activationId).catch((error: unknown) => {
      log.warn(`Activation ${activationId} could not be ended: ${String(error)}`, about)
    })
    letGo(activation)
  }

  /** Ends the items that the worker of an ended activation owes. */
  async function reconcile(
    { order }: UnderWay,
    failure: Omit<OrderFailure, 'message'> & { message?: string },
  ): Promise<void> {
    const owed = store.pendingItems(order.id)
    if (owed.length === 0) return
    const { message = 'The worker ended without a word about this rendition.' } = failure
    await doorOf(order).fail(order, owed, { ...failure, message })
  }

  /** Reconciles an activation if it has ended. What goes wrong is told the log, and tried again at the next look. */
  async function lookAfter(activation: UnderWay): Promise<void> {
    const { activationId, since, about } = activation
    try {
      const ended: EndedActivation | undefined = await actions.ended(activationId)
      if (ended === undefined) {
        if (elapsed() - since < LONGEST_SILENCE_MS || isRunning(activationId)) return
        const minutes = LONGEST_SILENCE_MS / 60_000
        const message = `The worker reported nothing about this rendition within ${minutes} minutes.`
        await reconcile(activation, { code: 'silent', message, activationId })
      } else {
        await reconcile(activation, { code: 'unreported', ...ended })
      }
    } catch (error) {
      log.error(`Activation ${activationId} could not be reconciled: ${String(error)}`, about)
      return
    }
    letGo(activation)
  }

  async function lookAfterAll(
    isMeant: (activation: UnderWay) => boolean = () => true,
  ): Promise<void> {
    await Promise.all([...underWay].filter(isMeant).map(lookAfter))
  }

  const timer = setInterval(() => void lookAfterAll(), LOOK_AFTER_MS)
  timer.unref()

  return {
    serve: (name, door) => void doors.set(name, door),
    accept: store.accept,
    begin(order) {
      turns.add(order)
      pump()
    },
    find: store.find,
    end: store.end,
    forget: store.forget,
    sweep: store.sweep,
    async cancel(id) {
      const waited = turns.remove(id)
      if (starting.has(id)) cancelled.add(id)
      const running = [...underWay].filter(({ order }) => order.id === id)
      const order = store.find(id)
      const items = store.pendingItems(id)
      // On the disk before anything ends, so that a kill in between begins it no more.
      if (order !== undefined && items.length > 0) {
        try {
          await doorOf(order).fail(order, items, { code: 'cancelled', message: CANCELLED })
        } catch (error) {
          if (waited) turns.add(order)
          throw error
        }
      }
      await Promise.all(running.map(endActivation))
    },
    isUnderWay,
    backlog: store.backlog,
    waiting: turns.count,
    activationEnded: (ended) => lookAfterAll(({ activationId }) => activationId === ended),
    trials,
    start() {
      paused = false
      const left = turns.count()
      if (left > 0) log.info(`Taking up ${left} pending requests again.`)
      trials.start()
      pump()
    },
    pause() {
      paused = true
    },
    async finish() {
      clearInterval(timer)
      await Promise.all(starting.values())
      await lookAfterAll()
      const left = [...underWay].map(({ order }) => order.id)
      await store.uncountAttempts(left).catch((error: unknown) => {
        log.error(`What still runs elsewhere could not be noted: ${String(error)}`)
      })
    },
    close() {
      paused = true
      trials.close()
      clearInterval(timer)
      rests.end()
    },
  }
}
