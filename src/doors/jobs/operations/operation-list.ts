import * as z from 'zod/mini'
import { isRecord } from '../../../base/json.ts'
import { PICTURE_FORMATS } from '../../../contract/actions.ts'
import { hasBrowser } from '../../../programs/browser.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import { languagesIn } from '../../../programs/tesseract.ts'
import { OFFICE_SOURCES } from '../../../sources/office-formats.ts'
import { ARCHIVE_OUTPUTS } from './archive-task.ts'
import { CAPTURE_FORMATS } from './capture-task.ts'
import { commandEngines } from './command-task.ts'
import { CONVERTERS } from './converters.ts'
import { DRAWN, type FormatPair, MERGED, once, pairs, spellings, UNPACKED } from './format-pairs.ts'
import { OCR } from './ocr-task.ts'
import type { TaskOperation } from './operation.ts'
import { allOperations } from './operations.ts'
import { PDF_TASKS, STANDARD_TASKS } from './pdf-tasks.ts'
import { SOUNDS, VIDEOS } from './video-converter.ts'

/** What `GET /operations` shows of an operation, one row for each pair of formats. */
export interface OperationRow {
  readonly operation: string
  readonly input_format: string | null
  readonly output_format: string | null
  readonly engine: string
  readonly credits: number
  /** `grade`: whether it is there with npm ci alone, or takes a program of the machine. */
  readonly meta: { readonly group: string; readonly grade: 'embedded' | 'program' }
  readonly options?: readonly OptionRow[]
  readonly engine_versions?: readonly object[]
  readonly deprecated: boolean
  readonly experimental: boolean
}

/** An option of an operation, made of its schema. */
export interface OptionRow {
  readonly name: string
  readonly type: 'string' | 'boolean' | 'integer' | 'float' | 'enum' | 'dictionary'
  readonly default: unknown
  readonly possible_values: readonly unknown[] | null
}

/** By which rows can be chosen; what is undefined is not looked at. */
export interface OperationFilter {
  readonly operation?: string | undefined
  readonly input_format?: string | undefined
  readonly output_format?: string | undefined
  readonly engine?: string | undefined
  readonly engine_version?: string | undefined
}

const ENGINE = 'darkroom'

/** The formats of each operation that has any, as far as the programs of the machine go. */
const FORMATS: Readonly<Record<string, (programs: FoundPrograms) => readonly FormatPair[]>> = {
  'capture-website': (programs) =>
    hasBrowser(programs)
      ? CAPTURE_FORMATS.map((format) => ({
          input_format: null,
          output_format: format,
          meta: { group: 'website' },
        }))
      : [],
  convert: (programs) => once(CONVERTERS.flatMap((each) => each.pairs(programs))),
  thumbnail: ({ soffice }) => {
    const offices = soffice === undefined ? [] : spellings(OFFICE_SOURCES)
    return once(pairs([...DRAWN, ...VIDEOS, ...SOUNDS, ...offices], ['png', 'jpg', 'webp']))
  },
  metadata: () =>
    [...DRAWN, ...VIDEOS, ...SOUNDS].map(({ name, group }) => ({
      input_format: name,
      output_format: null,
      meta: { group },
    })),
  'metadata/write': () =>
    spellings(['jpeg', 'png', 'tiff', 'webp', 'gif', 'psd', 'pdf']).map(({ name, group }) => ({
      input_format: name,
      output_format: name,
      meta: { group },
    })),
  optimize: () => [
    ...pairs(spellings(['png']), ['png']),
    ...pairs(spellings(['jpeg']), ['jpg']),
    ...pairs(spellings(['pdf']), ['pdf']),
    ...pairs(spellings(['webp']), ['webp']),
    ...pairs(spellings(['gif']), ['gif']),
    { input_format: 'svg', output_format: 'svg', meta: { group: 'image' } },
  ],
  watermark: () =>
    PICTURE_FORMATS.map((name) => ({
      input_format: name,
      output_format: name,
      meta: { group: 'image' },
    })),
  merge: ({ soffice }) =>
    pairs([...MERGED, ...(soffice === undefined ? [] : spellings(OFFICE_SOURCES))], ['pdf']),
  ...Object.fromEntries(
    PDF_TASKS.map((task) => [
      task.name,
      ({ gs }: FoundPrograms) =>
        gs === undefined && STANDARD_TASKS.includes(task) ? [] : pairs(spellings(['pdf']), ['pdf']),
    ]),
  ),
  [OCR.name]: ({ tesseract }) => (tesseract === undefined ? [] : pairs(MERGED, ['pdf'])),
  command: (programs) =>
    commandEngines(programs).map((engine) => ({
      input_format: null,
      output_format: null,
      meta: { group: 'other' },
      engine,
    })),
  archive: () =>
    ARCHIVE_OUTPUTS.map((output) => ({
      input_format: null,
      output_format: output,
      meta: { group: 'archive' },
    })),
  'archive/extract': () =>
    UNPACKED.map(({ name, group }) => ({
      input_format: name,
      output_format: null,
      meta: { group },
    })),
}

/** The values that options may have as far as the programs of the machine go, by those of an operation and of its option. */
const VALUES: Readonly<Record<string, (programs: FoundPrograms) => readonly string[]>> = {
  [`${OCR.name} language`]: ({ tesseract }) =>
    tesseract === undefined ? [] : languagesIn(tesseract),
}

/** The rows that fit, as `GET /operations` answers them. */
export function listOperations(
  filter: OperationFilter,
  include: { options: boolean; engineVersions: boolean },
  programs: FoundPrograms,
): OperationRow[] {
  const { operation: wanted, ...others } = filter
  return allOperations()
    .filter(({ name }) => wanted === undefined || name === wanted)
    .flatMap((operation) => rowsOf(operation, include, programs))
    .filter((row) => {
      if (others.engine !== undefined && row.engine !== others.engine) return false
      if (others.input_format !== undefined && row.input_format !== others.input_format)
        return false
      return others.output_format === undefined || row.output_format === others.output_format
    })
}

function nameOf({ input_format: from, output_format: to }: FormatPair): string {
  return `${from} ${to}`
}

function rowsOf(
  operation: TaskOperation,
  include: { options: boolean; engineVersions: boolean },
  programs: FoundPrograms,
): OperationRow[] {
  const none: readonly FormatPair[] = [
    { input_format: null, output_format: null, meta: { group: 'other' } },
  ]
  const options = include.options
    ? optionsOf(operation).map((row) => {
        const values = VALUES[`${operation.name} ${row.name}`]?.(programs)
        return values === undefined ? row : { ...row, possible_values: values }
      })
    : undefined
  const embedded = new Set((FORMATS[operation.name]?.({}) ?? none).map(nameOf))
  return (FORMATS[operation.name]?.(programs) ?? none).map((pair) => ({
    operation: operation.name,
    engine: ENGINE,
    ...pair,
    meta: { ...pair.meta, grade: embedded.has(nameOf(pair)) ? 'embedded' : 'program' },
    credits: 0,
    ...(options && { options }),
    ...(include.engineVersions && { engine_versions: [] }),
    deprecated: false,
    experimental: false,
  }))
}

/** The options of an operation, out of its schema. */
export function optionsOf({ options }: Pick<TaskOperation, 'options'>): OptionRow[] {
  const { properties } = z.toJSONSchema(options, { io: 'output', unrepresentable: 'any' })
  return Object.entries(properties ?? {}).map(([name, schema]) => {
    const facts = isRecord(schema) ? schema : {}
    const values = facts['enum']
    const fixed = 'const' in facts ? [facts['const']] : undefined
    const possible = Array.isArray(values) ? values : fixed
    return {
      name,
      type: possible === undefined ? typeOf(facts['type']) : 'enum',
      default: facts['default'] ?? null,
      possible_values: possible ?? null,
    }
  })
}

function typeOf(type: unknown): OptionRow['type'] {
  if (type === 'boolean' || type === 'integer') return type
  if (type === 'number') return 'float'
  return type === 'object' ? 'dictionary' : 'string'
}
