import Counter from 'prom-client/lib/counter.js'
import Gauge from 'prom-client/lib/gauge.js'
import Histogram from 'prom-client/lib/histogram.js'
import Registry from 'prom-client/lib/registry.js'

/** What is told of a state: by the values of its labels, in their order, a number. */
export type Reading = readonly [labels: readonly string[], value: number]

/** Something that is at every moment, and looked at when somebody asks for it. */
export interface State {
  /** Such as `darkroom_disk_free_bytes`: what it is, then the unit. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
  /** Looks at it; what fails is left out of what is told. */
  readonly read: () => readonly Reading[] | Promise<readonly Reading[]>
}

/** What a service counts and tells. Whatever is a label has few values, none of which a client has written. */
export interface Metrics {
  /** Counts a request that was answered; how long that took is until the head of the answer was ready, in milliseconds. */
  readonly countRequest: (request: {
    door: string
    route: string
    method: string
    status: number
    tookMs: number
  }) => void
  /** Counts a rendition that has ended. */
  readonly countRendition: (rendition: { door: string; result: string; reason: string }) => void
  /** Counts an activation that has ended. */
  readonly countActivation: (activation: { action: string; result: string; tookMs: number }) => void
  /** Counts an attempt to tell a webhook something. */
  readonly countDelivery: (result: string) => void
  /** Tells of states besides. */
  readonly tell: (states: readonly State[]) => void
  /** The media type of {@link Metrics.read}. */
  readonly contentType: string
  /**
   * All of it, as Prometheus reads it. What Node.js tells of the process is watched from the first time on, and so is there from the
   * second.
   */
  readonly read: () => Promise<string>
}

/** In seconds: a page of the journal takes one of these, a large upload is beyond them. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10]

/** In seconds: from a small picture to a video. */
const ACTIVATION_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

/** Makes the metrics of a service, with what is counted; states are told of when it is whole. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'darkroom_http_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['door', 'route', 'method', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'darkroom_http_request_duration_seconds',
    help: 'How long requests took until the head of their answer was ready.',
    labelNames: ['door', 'route'],
    buckets: REQUEST_BUCKETS,
    registers,
  })
  const renditions = new Counter({
    name: 'darkroom_renditions_total',
    help: 'Renditions that have ended.',
    labelNames: ['door', 'result', 'reason'],
    registers,
  })
  const activations = new Histogram({
    name: 'darkroom_activation_duration_seconds',
    help: 'How long activations ran that have ended.',
    labelNames: ['action', 'result'],
    buckets: ACTIVATION_BUCKETS,
    registers,
  })
  const deliveries = new Counter({
    name: 'darkroom_webhook_attempts_total',
    help: 'Attempts to tell webhooks something.',
    labelNames: ['result'],
    registers,
  })
  let watching: Promise<void> | undefined

  return {
    countRequest({ door, route, method, status, tookMs }) {
      requests.inc({ door, route, method, status })
      durations.observe({ door, route }, tookMs / 1000)
    },
    countRendition: (rendition) => renditions.inc(rendition),
    countActivation({ action, result, tookMs }) {
      activations.observe({ action, result }, tookMs / 1000)
    },
    countDelivery: (result) => deliveries.inc({ result }),
    tell(states) {
      for (const state of states) addState(state, registry)
    },
    contentType: registry.contentType,
    async read() {
      const told = await registry.metrics()
      await (watching ??= watchProcess(registry))
      return told
    },
  }
}

async function watchProcess(registry: Registry): Promise<void> {
  // Only now: from here on the event loop and the garbage collector are looked at all the time.
  const { collectDefaultMetrics } = await import('prom-client')
  collectDefaultMetrics({ register: registry })
}

function addState({ name, help, labels = [], read }: State, registry: Registry): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [],
    async collect() {
      const readings = await Promise.resolve()
        .then(read)
        .catch((): Reading[] => [])
      gauge.reset()
      // What has no labels would be told as 0.
      if (labels.length === 0) gauge.remove()
      for (const [values, value] of readings) {
        gauge.set(Object.fromEntries(labels.map((label, at) => [label, values[at] ?? ''])), value)
      }
    },
  })
  registry.registerMetric(gauge)
}
