import type { WorkPart, WorkState } from '../work/work-shapes.ts'
import type { ShownExport } from './export-shapes.ts'
import type { ExportFacts, ExportLineFacts } from './inspected-exports.ts'

/** An export as the page lists it. */
export function toShownExport(facts: ExportFacts): ShownExport {
  const { handles, name, submitted, ended, total, successes, errors, warnings, ...others } = facts
  const { isPaused: _, isFatal: __, state: ___, ...told } = others
  const failed = errors + warnings
  return {
    ...told,
    kind: 'export',
    id: String(facts.number),
    title: name,
    state: stateOf(facts),
    createdAt: submitted,
    ...(ended !== undefined && { endedAt: ended }),
    // It counts its assets when it begins.
    total: total === 0 ? handles.length : total,
    done: facts.state === 'waiting' ? 0 : successes + failed,
    failed,
  }
}

/** Says how far an export is. */
function stateOf({ state, isPaused, isFatal, execTime, errors, warnings }: ExportFacts): WorkState {
  if (state === 'running') return 'running'
  if (state === 'waiting') {
    if (isPaused) return 'paused'
    return execTime === undefined ? 'waiting' : 'scheduled'
  }
  if (isFatal) return 'failed'
  return errors + warnings > 0 ? 'problems' : 'done'
}

/** How an asset has ended, by the line of the log about it. */
const ENDS: Readonly<Record<string, WorkState>> = {
  FileEnd: 'done',
  GetFailure: 'failed',
  FileCancel: 'problems',
}

/**
 * The assets of an export as its parts, with what their time was spent with. Jobs of older versions have logged no times of assets.
 *
 * @param names - those that the assets have now; undefined for one that is not there any more
 */
export function partsOfExport(
  { handles, state }: Pick<ExportFacts, 'handles' | 'state'>,
  names: readonly (string | undefined)[],
  lines: readonly ExportLineFacts[],
): WorkPart[] {
  const told = new Map(lines.map((line) => [line.item, line]))
  return handles.map((handle, index): WorkPart => {
    const line = told.get(index)
    const end = line && ENDS[line.type]
    return {
      id: handle,
      name: names[index] ?? line?.asset?.name ?? handle,
      state: end ?? (state === 'done' ? 'stopped' : 'waiting'),
      files: [],
      spans: line?.spent === undefined ? [] : [{ step: 'render', ...line.spent }],
    }
  })
}

/** What the time of an export as a whole was spent with: until it began, and once all its assets were there. */
export function partOfWhole(
  { number, name, submitted, started, ended, state }: ExportFacts,
  lines: readonly ExportLineFacts[],
): WorkPart {
  const last = Math.max(...lines.map(({ spent }) => spent?.end ?? 0))
  const isPacked = started !== undefined && last > 0 && ended !== undefined
  return {
    id: String(number),
    name,
    state,
    files: [],
    spans: [
      {
        step: 'wait',
        start: submitted,
        ...((started ?? ended) !== undefined && { end: started ?? ended }),
      },
      ...(isPacked ? [{ step: 'pack' as const, start: Math.min(last, ended), end: ended }] : []),
    ],
  }
}
