import { readdirSync, readFileSync } from 'node:fs'

/**
 * A process and all that have come of it, each before those it has started; itself alone where the system does not tell,
 * which Linux does.
 */
export function familyOfProcess(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOfProcess)]
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')
        .split(' ')
        .filter((text) => text !== '')
        .map(Number),
    )
  } catch {
    return []
  }
}
