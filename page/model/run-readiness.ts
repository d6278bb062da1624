import { isMadeOfFiles } from '../../src/contract/actions.ts'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import type { State } from '../state.ts'

/** Why a run cannot be sent at this moment. */
export type Hindrance = 'uploading' | 'offline' | 'unreadable' | 'renditions' | 'source'

/**
 * Tells what hinders a run; undefined when nothing does.
 *
 * @param renditions - of the composition; undefined when it cannot be read
 */
export function hindranceOf(
  { uploading, online, sources }: Pick<State, 'uploading' | 'online' | 'sources'>,
  renditions: readonly Instructions[] | undefined,
): Hindrance | undefined {
  if (uploading.length > 0) return 'uploading'
  if (!online) return 'offline'
  if (renditions === undefined) return 'unreadable'
  if (renditions.length === 0) return 'renditions'
  return sources.length === 0 && renditions.some(needsSource) ? 'source' : undefined
}

/** An archive may name its files by URL; what a worker of one's own needs, nobody knows. */
function needsSource(instructions: Instructions): boolean {
  if (typeof instructions['worker'] === 'string') return false
  return !isMadeOfFiles(instructions) || instructions['files'] === undefined
}
