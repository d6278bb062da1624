import { setTimeout } from 'node:timers/promises'
import type { Cost } from './renderer-pool.ts'

/** One who takes turns with others. */
export interface Player {
  readonly run: () => Promise<Cost>
  /** How many rounds are wanted of this one. */
  readonly rounds: number
}

/** Lets what one has left to do in the background not fall into the time of the next. */
const PAUSE_MS = 25

/**
 * Has the players take turns, so that what else the machine does hits all of them alike. Each round begins with another
 * one. Who wants fewer rounds than the others sits some of them out.
 *
 * @returns what each one's rounds took
 */
export async function takeTurns<Name>(
  players: ReadonlyMap<Name, Player>,
): Promise<Map<Name, Cost[]>> {
  const order = [...players]
  const rounds = Math.max(...order.map(([, player]) => player.rounds))
  const costs = new Map(order.map(([name]) => [name, new Array<Cost>()]))
  for (let round = 0; round < rounds; round += 1) {
    const first = round % order.length
    for (const [name, player] of [...order.slice(first), ...order.slice(0, first)]) {
      if (round % Math.ceil(rounds / player.rounds) !== 0) continue
      await setTimeout(PAUSE_MS)
      costs.get(name)?.push(await player.run())
    }
  }
  return costs
}
