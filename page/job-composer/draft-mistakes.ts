import { strings } from '../strings.ts'
import type { DraftProblem } from './draft.ts'

/** What leads to something that has to be mended in a draft, or is worth a look, such as `convert-1: width`. */
export function titleOfProblem({ path }: Pick<DraftProblem, 'path'>): string {
  const [first, name, ...field] = path.map(String)
  if (first === undefined) return strings.composition.wholeMistake
  if (first !== 'tasks' || name === undefined) return strings.composer.ofJob(first)
  return field.length === 0 ? name : strings.composition.fieldOf(name, field.join('.'))
}
