import assert from 'node:assert/strict'
import { listOperations } from '../../../src/doors/jobs/operations/operation-list.ts'
import { type FoundPrograms, findPrograms } from '../../../src/programs/programs.ts'
import { createDice } from '../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../support/amounts.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import type { ConvertingService, ListedOperation } from './converting-service.ts'
import { type Expected, readOfficeTexts, readResult } from './readers.ts'
import { type SourceFiles, WORD } from './source-files.ts'

/** As many as fit into one job with their exports. */
const PAIRS_A_JOB = 40

/** Sources that have a text. */
const WRITTEN: readonly string[] =
  'html htm xhtml xht md markdown zip epub csv xlsx ods json docx pdf odt rtf txt doc xls xlsb ppt pptx odp odg xml svg svgz'.split(
    ' ',
  )

/** What LibreOffice has to read as well; of CSV it would have to be told the encoding. */
const OPENED_BY_OFFICE: readonly string[] = 'docx doc odt rtf xlsx xls ods pptx ppt odp'.split(' ')

/** From one format to another. */
export type Pair = Pick<ListedOperation, 'input_format' | 'output_format'>

/** How a pair ended, with the first file of it where that is a document. */
interface Outcome {
  readonly title: string
  readonly wrong?: string
  readonly document?: { readonly path: string; readonly format: string }
}

/** There are more than a thousand. */
const MOST_PAIRS = amountOf({ thoroughly: Number.POSITIVE_INFINITY, usually: 4 })

/** The pairs that are listed where there are these programs. */
export function pairsWith(programs: FoundPrograms): readonly Pair[] {
  return listOperations(
    { operation: 'convert' },
    { options: false, engineVersions: false },
    programs,
  )
}

/** In how many tests pairs are tried: one of a few of all, or thoroughly one of each source, so that it can be run alone. */
export function partsOf(pairs: readonly Pair[]): [title: string, pairs: readonly Pair[]][] {
  if (pairs.length > MOST_PAIRS) return [['some sources', someOf(pairs, MOST_PAIRS)]]
  return [...Map.groupBy(pairs, ({ input_format: from }) => `.${from}`)]
}

/**
 * The tests that everything that a service lists is converted into what others can read.
 *
 * @param environment - where the service finds its programs
 */
export function itConvertsAll(
  service: ConvertingService,
  sources: SourceFiles,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const folder = useTemporaryFolder()
  const expected = pairsWith(findPrograms(environment))

  it('lists what its programs can do', async () => {
    const listed = await service.operations('filter[operation]=convert')
    assert.deepEqual(listed.map(nameOf), expected.map(nameOf))
  })

  for (const [title, pairs] of partsOf(expected)) {
    it(`makes what others can read of ${title}`, async () => {
      assert.deepEqual(await faultsOf(pairs, service, sources, folder.pathTo(title)), [])
    })
  }
}

/** How a pair is called. */
export const nameOf = (pair: Pair): string => `${pair.input_format} to ${pair.output_format}`

/** Some of the pairs, which are the same for the same seed. */
function someOf<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items
  const dice = createDice(seedOf(1))
  const left = [...items]
  return Array.from({ length: count }, () => left.splice(dice(left.length), 1)).flat()
}

/**
 * Has each pair converted by a service, many in one job, and has programs read the results that had no part in it.
 *
 * @param folder - for LibreOffice; there need not be one yet
 * @returns what is wrong, a line each
 */
async function faultsOf(
  pairs: readonly Pair[],
  service: ConvertingService,
  sources: SourceFiles,
  folder: string,
): Promise<string[]> {
  const outcomes: Outcome[] = []
  for (const [from, formats] of jobsOf(pairs)) {
    outcomes.push(...(await convertAll(from, formats, service, sources)))
  }
  const documents = outcomes.flatMap(({ title, document }) =>
    document === undefined ? [] : [{ title, ...document }],
  )
  const texts = await readOfficeTexts(documents, folder)
  return [
    ...outcomes.flatMap(({ title, wrong }) => (wrong === undefined ? [] : [`${title}: ${wrong}`])),
    ...documents.flatMap(({ title }, index) =>
      texts[index]?.includes(WORD) ? [] : [`${title}: LibreOffice reads "${texts[index]}"`],
    ),
  ]
}

/** The pairs of one source, as many as one job takes. */
export function jobsOf(pairs: readonly Pair[]): [from: string, formats: readonly string[]][] {
  const sources = Map.groupBy(pairs, ({ input_format: from }) => from ?? '')
  return Array.from(sources, ([from, rows]): [string, readonly string[]][] => {
    const formats = rows.map(({ output_format: to }) => to ?? '')
    const jobs = Math.ceil(formats.length / PAIRS_A_JOB)
    return Array.from({ length: jobs }, (_, job) => [
      from,
      formats.slice(job * PAIRS_A_JOB, (job + 1) * PAIRS_A_JOB),
    ])
  }).flat()
}

/** Tasks that convert one source into each of the formats, which are their names. */
export async function endedConversions(
  from: string,
  formats: readonly string[],
  service: ConvertingService,
  sources: SourceFiles,
) {
  const source = { filename: `Größe 港口.${from}`, bytes: await sources.bytesOf(from) }
  const tasks = formats.map((to) => [
    `to-${to}`,
    { operation: 'convert', input: 'source', output_format: to },
  ])
  return service.run({ source }, Object.fromEntries(tasks))
}

async function convertAll(
  from: string,
  formats: readonly string[],
  service: ConvertingService,
  sources: SourceFiles,
): Promise<Outcome[]> {
  const expected: Expected = WRITTEN.includes(from) ? { word: WORD } : { seconds: 1 }
  const ended = await endedConversions(from, formats, service, sources)
  const outcomes: Outcome[] = []
  for (const to of formats) {
    const { [`to-${to}`]: task } = ended
    const title = `${from} to ${to}`
    // Outlines stay what they are, and those of the sources are of TrueType.
    if (/has quadratic outlines/.test(task?.message ?? '')) continue
    try {
      assert.equal(task?.status, 'finished', `${task?.code} ${task?.message}`)
      const [file] = task.files
      assert.ok(file !== undefined, 'there is no file')
      assert.match(file.filename, new RegExp(`^Größe 港口.*\\.${to}$`))
      for (const { path } of task.files) await readResult(path, to, expected)
      const isOpened = OPENED_BY_OFFICE.includes(to)
      outcomes.push({ title, ...(isOpened && { document: { path: file.path, format: to } }) })
    } catch (error) {
      outcomes.push({ title, wrong: String(error).slice(0, 600) })
    }
  }
  return outcomes
}
