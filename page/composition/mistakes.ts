import type { ValueProblem } from '../schema-form/syntax.ts'
import { strings } from '../strings.ts'
import type { ReadComposition } from './reading.ts'
import { fullName } from './schema.ts'

/** What of a composition has to be mended, or is worth a look, as a row of the table tells it. */
export interface RowMarks {
  readonly mistakes: readonly ValueProblem[]
  readonly remarks: readonly ValueProblem[]
}

/** What there is to be said of a rendition; the paths lead on from it. */
export function marksOf(
  { base, problems }: Pick<ReadComposition, 'base' | 'problems'>,
  index: number,
): RowMarks {
  const at = [...base, index]
  const mine = problems
    .filter(({ path }) => at.every((step, depth) => path[depth] === step))
    .map((problem) => ({ ...problem, path: problem.path.slice(at.length) }))
  return {
    mistakes: mine.filter(({ isRemark }) => isRemark !== true),
    remarks: mine.filter(({ isRemark }) => isRemark === true),
  }
}

/** What hinders a composition from being run, in its order. */
export function mistakesOf({
  problems,
}: Pick<ReadComposition, 'problems'>): readonly ValueProblem[] {
  return problems.filter(({ isRemark }) => isRemark !== true)
}

/** What of it is only worth a look, in its order. */
export function remarksOf({
  problems,
}: Pick<ReadComposition, 'problems'>): readonly ValueProblem[] {
  return problems.filter(({ isRemark }) => isRemark === true)
}

/** Which rendition something is about, by its place from 0; undefined when it is about the whole. */
export function renditionOf(
  { base }: Pick<ReadComposition, 'base'>,
  { path }: Pick<ValueProblem, 'path'>,
): number | undefined {
  const index = path[base.length]
  return typeof index === 'number' ? index : undefined
}

/** What leads to a mistake, such as `Rendition 3: quality`. */
export function titleOfMistake(
  read: Pick<ReadComposition, 'base' | 'renditions'>,
  problem: Pick<ValueProblem, 'path'>,
): string {
  const index = renditionOf(read, problem)
  if (index === undefined) return strings.composition.wholeMistake
  const name = read.renditions?.[index]?.['name']
  const title = strings.composition.rendition(index + 1, typeof name === 'string' ? name : '')
  const field = problem.path.slice(read.base.length + 1).map(String)
  return field.length === 0 ? title : strings.composition.fieldOf(title, fieldName(field))
}

function fieldName([first = '', ...rest]: readonly string[]): string {
  return [fullName(first), ...rest].join('.')
}
