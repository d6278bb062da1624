import path from 'node:path'
import type { ReadyCase, UnfitCase } from '../../../cases/test-case.ts'
import { typeOfName } from '../../../sources/media-type.ts'
import type { CaseResult, TestCase } from '../api.ts'
import { shownAs } from '../shown-as.ts'
import type { ShownAs } from '../work/work-shapes.ts'

/** A case as the page has it. Its files are told by their extensions alone, so that hundreds are listed at once. */
export function toTestCase(each: ReadyCase | UnfitCase, result: CaseResult | undefined): TestCase {
  const { action } = each
  const name = path.basename(each.name)
  if (each.state !== 'ready') {
    const shown = { sourceShownAs: 'nothing', expectedShownAs: 'nothing' } as const
    return { action, name, unfit: each.reason, instructions: {}, ...shown, result }
  }
  const { source, rendition, instructions, errorReason } = each
  return {
    action,
    name,
    instructions,
    source: path.basename(source),
    expected: rendition && path.basename(rendition),
    errorReason,
    sourceShownAs: canBeShownAs(source),
    expectedShownAs: canBeShownAs(rendition),
    result,
  }
}

/** The result of a case among hundreds: what a worker printed for one that is as expected is asked for by itself. */
export function withoutNeedlessLog(result: CaseResult): CaseResult {
  const { state } = result
  return state === 'passed' || state === 'expected-error' ? { ...result, log: [] } : result
}

function canBeShownAs(file: string | undefined): ShownAs {
  return file === undefined ? 'nothing' : shownAs(typeOfName(file))
}
