/**
 * A room of the service that runs: what it needs done at which moment of the service's life. Parts are started in the order in
 * which they were opened; they are paused and closed in the reverse of it, and finish in between.
 */
export interface Part {
  /** Begins to work; the service can be reached. */
  readonly start?: () => void | Promise<void>
  /** Takes nothing new and begins nothing more; whoever waits is answered. */
  readonly pause?: () => void | Promise<void>
  /**
   * Brings what is under way to its end, within so many milliseconds where that can take long; those that were opened
   * before have done so.
   */
  readonly finish?: (graceMs: number) => void | Promise<void>
  /** Lets go of everything, whether or not it has finished; also what is left when the service could not start. */
  readonly close?: () => void | Promise<void>
}
