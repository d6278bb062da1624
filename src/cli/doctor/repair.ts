import { createInterface } from 'node:readline/promises'
import { holdStateFolder } from '../../home/state-folder.ts'
import type { Finding } from './finding.ts'

/** What became of a repair. */
export type RepairOutcome = 'done' | 'declined' | 'needs the service to be stopped' | 'failed'

/** A repair that was come to. */
export interface Repaired {
  readonly action: string
  readonly outcome: RepairOutcome
  /** Why it failed. */
  readonly reason?: string
}

/** Asks a person whether to do something. */
export type Ask = (question: string) => Promise<boolean>

/** Asks at the terminal; an empty answer is no. */
export const askAtTerminal: Ask = async (question) => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question}? [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}

/** Does what findings tell could be done, each when `ask` says so. What must be done alone holds off services meanwhile. */
export async function* repair(
  home: string,
  findings: readonly Finding[],
  ask: Ask,
): AsyncGenerator<Repaired> {
  for (const { repair: possible } of findings) {
    if (possible === undefined) continue
    const { action, isAlone, run } = possible
    if (!(await ask(action))) {
      yield { action, outcome: 'declined' }
      continue
    }
    const letGo = isAlone ? holdStateFolder(home) : undefined
    if (isAlone && letGo === undefined) {
      yield { action, outcome: 'needs the service to be stopped' }
      continue
    }
    try {
      await run()
      yield { action, outcome: 'done' }
    } catch (error) {
      yield { action, outcome: 'failed', reason: String(error) }
    } finally {
      letGo?.()
    }
  }
}
