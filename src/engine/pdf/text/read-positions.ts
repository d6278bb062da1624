import { isRecord } from '../../../base/json.ts'
import { readChunks } from '../../../sources/read-chunks.ts'

/** A box as {@link writePositions} writes it. */
export type PositionedBox = readonly [left: number, top: number, right: number, bottom: number]

/** A line of a page, in points. */
export interface PositionedLine {
  readonly text: string
  readonly box: PositionedBox
  readonly fontSize: number
  readonly bold?: boolean
}

/** What stands together on a page. */
export interface PositionedBlock {
  readonly box: PositionedBox
  readonly lines: readonly PositionedLine[]
}

/** A page with its text. */
export interface PositionedPage {
  readonly number: number
  readonly blocks: readonly PositionedBlock[]
}

/** Reads the pages of a file that {@link writePositions} has written, one by one. */
export function* readPositions(path: string): Generator<PositionedPage> {
  for (const line of readLines(path)) {
    if (!line.startsWith('{"number"')) continue
    const page: unknown = JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line)
    if (isPage(page)) yield page
  }
}

function* readLines(path: string): Generator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for (const chunk of readChunks(path)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}

/** What is in it is as it was written. */
function isPage(value: unknown): value is PositionedPage {
  return isRecord(value) && Array.isArray(value['blocks'])
}
