import type { Maker } from '../../src/doors/page/api.ts'
import { strings } from '../strings.ts'
import type { DraftTask } from './draft.ts'

const words = strings.composer.makers

/** Members of tasks that may tell the name of a file, the surest first. */
const NAMES = ['filename', 'url', 'key', 'blob', 'file'] as const

/** What makes something, in a few words, and what is missing for it. */
export function howOf({ needs, missing }: Pick<Maker, 'needs' | 'missing'>): string {
  return missing ?? (needs.length === 0 ? words.embedded : words.with(needs))
}

/** What is to be known of an operation before it is chosen: undefined where npm ci brings some of it. */
export function noteOf(operation: string, makers: readonly Maker[]): string | undefined {
  const own = makers.filter((maker) => maker.operation === operation)
  if (own.some(({ needs }) => needs.length === 0)) return undefined
  const [first] = own.toSorted((one, other) => Number(isMissing(one)) - Number(isMissing(other)))
  return first && howOf(first)
}

/** What makes the formats of an operation, all of them in one line. */
export function summaryOf(own: readonly Maker[]): string {
  const programs = [...new Set(own.flatMap(({ needs }) => needs))]
  if (programs.length === 0) return words.embedded
  if (own.some(({ needs }) => needs.length === 0)) return words.some(programs)
  return [...new Set(own.map(howOf))].join('; ')
}

/** One format of what a task makes, and what makes it. */
export interface MadePair {
  readonly from: string
  readonly to: string
  /** Undefined for what is none of the formats that are known. */
  readonly maker: Maker | undefined
}

/** The formats that a task makes, as far as its options and those before it tell. */
export function pairsOf(
  task: DraftTask,
  tasks: readonly DraftTask[],
  fileNames: ReadonlyMap<string, string>,
  makers: readonly Maker[],
): readonly MadePair[] {
  const own = makers.filter(({ operation }) => operation === task.operation?.name)
  const { output_format: wanted, input_format: told } = task.options
  if (typeof wanted !== 'string' || wanted === '') return []
  const to = wanted.toLowerCase()
  const formats =
    typeof told === 'string' && told !== ''
      ? [told.toLowerCase()]
      : task.inputs.flatMap((name) => formatsOf(name, tasks, fileNames, []))
  return [...new Set(formats)].map((from) => ({
    from,
    to,
    maker: own.find((maker) => maker.from.includes(from) && maker.to.includes(to)),
  }))
}

/** The formats of the files of a task, as far as they are known before it runs. */
function formatsOf(
  name: string,
  tasks: readonly DraftTask[],
  fileNames: ReadonlyMap<string, string>,
  passed: readonly string[],
): readonly string[] {
  const task = tasks.find((each) => each.name === name)
  // Whoever writes a job by hand may write a circle.
  if (task === undefined || passed.includes(name)) return []
  const { output_format: made } = task.options
  if (typeof made === 'string' && made !== '') return [made.toLowerCase()]
  if (task.operation?.name === 'merge' || task.operation?.name.startsWith('pdf/')) return ['pdf']
  if (task.operation?.group === 'import') {
    const names = [fileNames.get(name), ...NAMES.map((member) => task.options[member])]
    return names.flatMap(formatOfName).slice(0, 1)
  }
  return task.inputs.flatMap((input) => formatsOf(input, tasks, fileNames, [...passed, name]))
}

/** What the end of a name or an address says. */
function formatOfName(name: unknown): readonly string[] {
  if (typeof name !== 'string') return []
  const [path = ''] = name.split(/[?#]/)
  const [, format] = /[^/]\.(tar\.(?:gz|bz2|xz)|[a-z0-9]{1,5})$/i.exec(path) ?? []
  return format === undefined ? [] : [format.toLowerCase()]
}

function isMissing({ missing }: Maker): boolean {
  return missing !== null
}
