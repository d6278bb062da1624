/** Makes what several ask for at the same time once. */
export interface SingleFlight<T> {
  /**
   * Waits for what is being made under this key, or begins to make it.
   *
   * @param signal - when it aborts this caller waits no more; what nobody waits for any more is given up
   */
  readonly share: (
    key: string,
    signal: AbortSignal,
    make: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>
  /** Gives up all that is being made. */
  readonly abort: (reason: Error) => void
}

interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiting: number
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>()

  function begin(key: string, make: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const result = make(controller.signal)
    const flight = { result, controller, waiting: 0 }
    flights.set(key, flight)
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key)
    }
    result.then(land, land)
    return flight
  }

  return {
    async share(key, signal, make) {
      signal.throwIfAborted()
      const flight = flights.get(key) ?? begin(key, make)
      flight.waiting += 1
      const gone = Promise.withResolvers<never>()
      const leave = (): void => gone.reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
      try {
        return await Promise.race([flight.result, gone.promise])
      } finally {
        signal.removeEventListener('abort', leave)
        flight.waiting -= 1
        if (flight.waiting === 0) {
          // Whoever comes now gets one of his own: this one is being given up, unless it has landed.
          if (flights.get(key) === flight) flights.delete(key)
          flight.controller.abort(new Error('Nobody waits for the picture any more.'))
        }
      }
    },
    abort(reason) {
      for (const { controller } of flights.values()) controller.abort(reason)
    },
  }
}
