import { type Log, type LogSubject, runAbout } from '../base/log.ts'
import { type FrontEnds, onlyFrontEnd } from '../database/front-ends.ts'
import type { ServiceDatabase, ServiceWriting } from '../database/service-database.ts'
import type { ActionsClient, EndedActivation } from './actions-client.ts'
import { CANCELLED, type OrderFailure, type OrderingDoor, type WorkerCall } from './door.ts'
import { createHolding, type Word } from './holding.ts'
import {
  type AdoptedOrder,
  type KeptOrder,
  type Order,
  type OrderStore,
  openOrderStore,
} from './order-store.ts'
import { createPlaces } from './places.ts'
import type { Platform } from './platform.ts'
import { createRests } from './rests.ts'
import { createTrials, MOST_DEATHS, type Trials } from './trials.ts'
import { createTurns } from './turns.ts'
import { isCustom } from './worker.ts'

/** How often it is looked for activations whose end nobody told of, in milliseconds. */
const LOOK_AFTER_MS = 5000

/** How long a worker that runs elsewhere may take to report, when nobody can say whether it still runs, in milliseconds. */
const LONGEST_SILENCE_MS = 15 * 60 * 1000

/** About how many activations of platforms is asked at that, those first that have waited longest; their requests are counted there. */
const LOOKS_AT_PLATFORMS = 10

/** The pause after a trouble that tells nothing of its length, in milliseconds. */
const SHORT_PAUSE_MS = 1000

/** Accepted work: turned into activations, and seen to its end, exactly one for each item. */
export interface Orders {
  /** Takes the orders of a door, and hands it what becomes of them; before {@link Orders.start}. */
  serve: (name: string, door: OrderingDoor) => void
  /** Stores an order, see {@link OrderStore.accept}; {@link Orders.begin} has to follow once it is on the disk. */
  accept: OrderStore['accept']
  /** Gives an accepted order its turn. */
  begin: (order: Order) => void
  /** See {@link OrderStore.find}. */
  find: OrderStore['find']
  /** Ends an item. False when it had ended before, or its order is not there any more. */
  end: (tables: ServiceWriting, id: number, item: number) => Promise<boolean>
  /** See {@link OrderStore.forget}. */
  forget: OrderStore['forget']
  /** See {@link OrderStore.sweep}. */
  sweep: OrderStore['sweep']
  /**
   * Ends what of an order has not ended, and its activation; its process is free within a second. A worker that runs
   * elsewhere goes on, and is not listened to any more.
   */
  cancel: (id: number) => Promise<void>
  /**
   * Whether an activation for this order is known to run, and so will be reconciled when it ends; what another front end holds, that one
   * sees to.
   */
  isUnderWay: (order: Pick<KeptOrder, 'id' | 'holder'>) => boolean
  /** See {@link OrderStore.backlog}. */
  backlog: OrderStore['backlog']
  /** How many orders of a door wait for their turn at this front end, or of one client of it. */
  waiting: (door: string, client?: string) => number
  /** To be called when an activation has ended, with its id; never rejects, what goes wrong is told the log. */
  activationEnded: (activationId: string) => Promise<void>
  /**
   * To be called when an order has been heard of, since platforms tell of no end: one of its items has ended, or its activation is
   * about to. Never rejects.
   */
  heard: (order: Pick<KeptOrder, 'id' | 'holder'>, of: 'item' | 'end') => Promise<void>
  /** How many activations are known to be under way on platforms. */
  onPlatforms: () => number
  /** How that is tried again under which the service has died; for the doors' own work, too. */
  readonly trials: Trials
  /** Begins to work, first on what an earlier life of the service left pending. */
  start: () => Promise<void>
  /** Begins nothing new; what waits is for other front ends. */
  pause: () => Promise<void>
  /**
   * After {@link Orders.pause}, and once the actions have ended: resolves when all of them are reconciled. What runs
   * elsewhere stays pending, to be begun anew, by another front end if there is one.
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
  /** Where it runs, if it does on one. */
  readonly platform: Platform | undefined
  /** When it was asked about last, by the clock that nobody sets. */
  lookedAt: number
}

/**
 * Opens the orders in `database`.
 *
 * @param options.platforms - where activations run other than here, each what it says to run; none unless given
 * @param options.frontEnds - those that work on the same orders; this one alone unless given
 * @param options.isRunning - whether an activation runs here, however long it has: one that does is not given up
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function openOrders(options: {
  database: ServiceDatabase
  actions: ActionsClient
  platforms?: readonly Platform[]
  frontEnds?: FrontEnds
  isRunning: (activationId: string) => boolean
  log: Log
  now: () => number
  elapsed?: () => number
}): Orders {
  const { database, actions, isRunning, log, now, platforms = [] } = options
  const { elapsed = () => performance.now(), frontEnds = onlyFrontEnd() } = options
  const store = openOrderStore(database, now, frontEnds.id)
  const doors = new Map<string, OrderingDoor>()
  const platformOf = ({ worker }: Order): Platform | undefined =>
    platforms.find((platform) => platform.runs(worker))
  const places = createPlaces((order) => platformOf(order)?.name, frontEnds.count)
  const rests = createRests({ now, elapsed, onEnd: pump })
  const trials = createTrials()
  trials.onRoom(pump)
  const underWay = new Set<UnderWay>()
  const starting = new Map<number, Promise<void>>()
  /** Those that were cancelled, or lost to another front end, while their worker was being started. */
  const cancelled = new Set<number>()
  /** Those that are being cancelled by this front end, whoever holds them. */
  const cancelling = new Set<number>()
  /** Those of which an activation on a platform has left nothing, and which have begun once more. */
  const begunAgain = new WeakSet<Order>()
  let paused = true
  /** What an earlier life of the service left, and under what it died, is not known before. */
  let hasStarted = false
  /** What was accepted until then. */
  const early: Order[] = []
  const deaths = new Map<number, number>()
  const deathsUnder = ({ id }: Order): number => deaths.get(id) ?? 0
  const turns = createTurns({
    siteOf: (order) => platformOf(order)?.name ?? (isCustom(order) ? 'elsewhere' : 'here'),
    kindOf: (order) => `${deathsUnder(order)} ${order.worker}`,
  })

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
          !rests.has(restingOf(waiting)) &&
          trials.mayBegin(deathsUnder(waiting)),
      })
      if (order === undefined) return
      const leave = begin(order)
      rests.called(restingOf(order))
      // Whoever has made room for it, what is told is about this one.
      const start = runAbout({ door: order.door, order: order.id }, () =>
        startOrder(order, leave)
          .catch((error: unknown) => {
            if (cancelled.has(order.id)) return
            log.error(`A request could not be processed and is tried again: ${String(error)}`)
            putBack(order, SHORT_PAUSE_MS)
          })
          .finally(() => {
            starting.delete(order.id)
            cancelled.delete(order.id)
            if (!isUnderWay(order.id)) leave()
            rests.answered(restingOf(order))
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

  /** What rests when an order cannot be begun for now: all that runs on a platform does together. */
  function restingOf(order: Order): string {
    return platformOf(order)?.name ?? order.worker
  }

  /** Lets the order's worker rest for a while, and gives the order its place back. */
  function putBack(order: Order, pauseMs: number): boolean {
    turns.add(order)
    return rests.begin(restingOf(order), pauseMs)
  }

  function pauseFor(order: Order, error: unknown): number | undefined {
    return platformOf(order) === undefined
      ? rests.pauseFor(order, error)
      : rests.pauseForPlatform(order, error)
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
    const items = await store.heldItems(order.id)
    const call = items.length === 0 ? undefined : await doorOf(order).call(order, items)
    if (call === undefined || cancelled.has(order.id)) return
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
      const pauseMs = pauseFor(order, error)
      const message = error instanceof Error ? error.message : String(error)
      if (pauseMs !== undefined) {
        const isNews = putBack(order, pauseMs) && platformOf(order) !== undefined
        if (isNews && !paused) log.warn(`Orders wait: ${message}`, about)
        return
      }
      if (paused) return
      return doorOf(order).fail(order, items, { code: 'refused', message })
    }
    const activation: UnderWay = {
      activationId,
      order,
      about: { ...about, activationId },
      since: elapsed(),
      leave,
      platform: platformOf(order),
      lookedAt: elapsed(),
    }
    underWay.add(activation)
    log.debug(`activation ${activationId} for ${items.length} renditions`, activation.about)
    // From here on nothing may throw, or the order would be begun twice.
    store.countAttempt(order.id).catch((error: unknown) => {
      log.error(`an attempt could not be counted: ${String(error)}`, about)
    })
    if (cancelled.has(order.id)) await endActivation(activation)
    // A custom worker names its activation only after it began, so this one may have ended already.
    // One on a platform may have ended its items, which then had no activation.
    else if (activation.platform !== undefined) await letGoIfDone(activation)
    else if (isCustom(order)) await lookAfter(activation)
  }

  async function callWorker(order: Order, { params, identify }: WorkerCall): Promise<string> {
    const client = platformOf(order) ?? actions
    if (!isCustom(order)) return client.invoke(order.worker, params)
    return client.callWorker(order.worker, params, await identify())
  }

  /** What cannot be ended is left to its own end, to which nobody listens any more. */
  async function endActivation(activation: UnderWay): Promise<void> {
    const { activationId, about, platform = actions } = activation
    await platform.cancel(activationId).catch((error: unknown) => {
      log.warn(`Activation ${activationId} could not be ended: ${String(error)}`, about)
    })
    letGo(activation)
  }

  /** Has orders in hand no more, since they were cancelled or others hold them; returns those of their activations that run. */
  function drop(ids: ReadonlySet<number>): UnderWay[] {
    turns.remove(ids)
    for (const id of starting.keys()) if (ids.has(id)) cancelled.add(id)
    return [...underWay].filter(({ order }) => ids.has(order.id))
  }

  /** What others hold by now is theirs: whatever runs here for it changes nothing any more, and is ended. */
  function lose(ids: ReadonlySet<number>): void {
    log.warn(`Other front ends have taken up ${ids.size} requests that were held here.`)
    for (const activation of drop(ids)) {
      letGo(activation)
      void endActivation(activation)
    }
  }

  /** Gives orders their turn that were taken up. */
  function take(adopted: readonly AdoptedOrder[]): void {
    log.info(`Taking up ${adopted.length} pending requests again.`)
    for (const { attempts, ...order } of adopted) {
      if (attempts > 0) deaths.set(order.id, attempts)
      // One that was just lost may be on its way still.
      const start = starting.get(order.id)
      if (start === undefined) turns.add(order)
      else void start.then(() => addAgain(order))
    }
    pump()
  }

  function addAgain(order: Order): void {
    turns.add(order)
    pump()
  }

  /** What another front end has heard of an order. */
  function hear(word: Word, id: number): void {
    if (word === 'cancelled') {
      for (const activation of drop(new Set([id]))) void endActivation(activation)
    } else {
      void hearOf(id, word, ({ platform, order }) => platform !== undefined || isCustom(order))
    }
  }

  async function hearOf(
    id: number,
    what: 'item' | 'end',
    isMeant: (activation: UnderWay) => boolean,
  ): Promise<void> {
    const meant = [...underWay].filter(({ order }) => order.id === id).filter(isMeant)
    for (const activation of meant) {
      if (what === 'item') await letGoIfDone(activation)
      // Its record is there in a moment.
      else setTimeout(lookAgain, SHORT_PAUSE_MS, activation).unref()
    }
  }

  const holding = createHolding({
    database,
    store,
    frontEnds,
    inHand: () => [
      ...turns.ids(),
      ...starting.keys(),
      ...Array.from(underWay, ({ order }) => order.id),
    ],
    onLost: lose,
    onTaken: take,
    onWord: hear,
    onMissed: () => void lookAround(),
    log,
  })

  /** Ends the items that the worker of an ended activation owes. */
  async function reconcile(
    { order }: UnderWay,
    failure: Omit<OrderFailure, 'message'> & { message?: string },
  ): Promise<void> {
    const owed = await store.heldItems(order.id)
    if (owed.length === 0) return
    const { message = 'The worker ended without a word about this rendition.' } = failure
    await doorOf(order).fail(order, owed, { ...failure, message })
  }

  /** Reconciles an activation if it has ended. What goes wrong is told the log, and tried again at the next look. */
  async function lookAfter(activation: UnderWay): Promise<void> {
    const { activationId, order, platform = actions, about } = activation
    activation.lookedAt = elapsed()
    try {
      const ended: EndedActivation | undefined = await platform.ended(activationId)
      // Somebody else has looked meanwhile.
      if (!underWay.has(activation)) return
      if (ended !== undefined) await reconcile(activation, { code: 'unreported', ...ended })
      else if (!isLost(activation)) return
      else if (await beginAgain(activation)) return
      else {
        const minutes = longestSilence(activation) / 60_000
        const message = `The worker reported nothing about this rendition within ${minutes} minutes.`
        await reconcile(activation, { code: 'silent', message, activationId })
      }
    } catch (error) {
      const pauseMs = activation.platform && rests.pauseForPlatform(order, error)
      if (pauseMs !== undefined) return void rests.begin(restingOf(order), pauseMs)
      log.error(`Activation ${activationId} could not be reconciled: ${String(error)}`, about)
      return
    }
    letGo(activation)
  }

  function longestSilence({ platform, order }: UnderWay): number {
    return platform?.longestMs(order.worker) ?? LONGEST_SILENCE_MS
  }

  /** Whether an activation that has left no result is given up. */
  function isLost(activation: UnderWay): boolean {
    const { activationId, since, platform } = activation
    if (elapsed() - since < longestSilence(activation)) return false
    return platform !== undefined || !isRunning(activationId)
  }

  /** Begins an order once more that a platform has lost: a machine of it may have failed, which is not to cost anybody the work. */
  async function beginAgain(activation: UnderWay): Promise<boolean> {
    const { activationId, order, platform, about } = activation
    if (platform === undefined || begunAgain.has(order)) return false
    if (paused || (await store.heldItems(order.id)).length === 0) return false
    // Somebody else has looked meanwhile.
    if (!underWay.has(activation)) return true
    begunAgain.add(order)
    log.warn(
      `Activation ${activationId} on ${platform.name} has left no result in all its time; its order begins once more.`,
      about,
    )
    underWay.delete(activation)
    activation.leave()
    turns.add(order)
    pump()
    return true
  }

  /** An activation whose items have all ended is waited for no longer. What goes wrong is told the log, and tried again at the next look. */
  async function letGoIfDone(activation: UnderWay): Promise<void> {
    const { activationId, order, about } = activation
    try {
      const owed = await store.heldItems(order.id)
      if (owed.length === 0 && underWay.has(activation)) letGo(activation)
    } catch (error) {
      log.error(`Activation ${activationId} could not be looked after: ${String(error)}`, about)
    }
  }

  function lookAgain(activation: UnderWay): void {
    if (!paused && underWay.has(activation)) void lookAfter(activation)
  }

  async function lookAfterAll(
    isMeant: (activation: UnderWay) => boolean = () => true,
  ): Promise<void> {
    await Promise.all([...underWay].filter(isMeant).map(lookAfter))
  }

  /** What is here is asked about for nothing; platforms count requests, and are asked about some at a time. */
  async function lookAround(): Promise<void> {
    await Promise.all([lookAfterAll(({ platform }) => platform === undefined), lookAtPlatforms()])
  }

  async function lookAtPlatforms(): Promise<void> {
    // Their events may have come to another front end.
    await Promise.all([...underWay].filter(({ platform }) => platform).map(letGoIfDone))
    const since = elapsed() - LOOK_AFTER_MS
    const due = [...underWay]
      .filter(({ platform, lookedAt }) => platform !== undefined && lookedAt <= since)
      .filter(({ order }) => !rests.has(restingOf(order)))
      .toSorted((a, b) => a.lookedAt - b.lookedAt)
    await Promise.all(due.slice(0, LOOKS_AT_PLATFORMS).map(lookAfter))
  }

  const timer = setInterval(() => void lookAround(), LOOK_AFTER_MS)
  timer.unref()

  return {
    serve: (name, door) => void doors.set(name, door),
    accept: store.accept,
    begin(order) {
      if (hasStarted) {
        turns.add(order)
        pump()
      } else {
        early.push(order)
      }
    },
    find: store.find,
    async end(tables, id, item) {
      const holder = await store.end(tables, id, item)
      if (holder === undefined) return false
      if (holder !== frontEnds.id) {
        await holding.tell(tables, cancelling.has(id) ? 'cancelled' : 'item', id)
      }
      return true
    },
    forget: store.forget,
    sweep: store.sweep,
    async cancel(id) {
      const waited = turns.has(id)
      const running = drop(new Set([id]))
      const order = await store.find(id)
      const items = await store.pendingItems(id)
      // On the disk before anything ends, so that a kill in between begins it no more.
      if (order !== undefined && items.length > 0) {
        cancelling.add(id)
        try {
          await doorOf(order).fail(order, items, { code: 'cancelled', message: CANCELLED })
        } catch (error) {
          if (waited) turns.add(order)
          throw error
        } finally {
          cancelling.delete(id)
        }
      }
      await Promise.all(running.map(endActivation))
    },
    isUnderWay: ({ id, holder }) => holder !== frontEnds.id || isUnderWay(id),
    backlog: store.backlog,
    waiting: turns.count,
    activationEnded: (ended) => lookAfterAll(({ activationId }) => activationId === ended),
    async heard({ id, holder }, of) {
      if (holder === frontEnds.id) {
        if (platforms.length > 0) await hearOf(id, of, ({ platform }) => platform !== undefined)
        return
      }
      // Whoever holds it has been told of its items as they ended.
      if (of === 'item') return
      await database
        .write((tables) => holding.tell(tables, of, id))
        .catch((error: unknown) => {
          log.error(`Another front end could not be told of order ${id}: ${String(error)}`)
        })
    },
    onPlatforms: () => [...underWay].filter(({ platform }) => platform !== undefined).length,
    trials,
    async start() {
      await holding.takeOver()
      for (const order of early.splice(0)) if (!turns.has(order.id)) turns.add(order)
      hasStarted = true
      paused = false
      trials.start()
      pump()
    },
    async pause() {
      paused = true
      await holding.letGo([...starting.keys(), ...Array.from(underWay, ({ order }) => order.id)])
    },
    async finish() {
      clearInterval(timer)
      await Promise.all(starting.values())
      await lookAfterAll(({ platform }) => platform === undefined)
      const left = [...underWay].map(({ order }) => order.id)
      await store.uncountAttempts(left).catch((error: unknown) => {
        log.error(`What still runs elsewhere could not be noted: ${String(error)}`)
      })
      await holding.letGo([])
    },
    close() {
      paused = true
      holding.close()
      trials.close()
      clearInterval(timer)
      rests.end()
    },
  }
}
