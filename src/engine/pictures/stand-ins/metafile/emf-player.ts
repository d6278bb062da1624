import type { Player } from './player.ts'
import type { Tool } from './tools.ts'

/** What plays the records of an EMF file, which name what they draw with by numbers. */
export interface EmfPlayer extends Player {
  readonly tools: Map<number, Tool>
}
