import type { PositionedBlock, PositionedLine } from '../../pdf/text/read-positions.ts'

/** What has more lines is no heading. */
const MOST_LINES = 2
/** A heading leaves so much of its line free, as a share of the size of its letters, unless it has no more letters than so many. */
const LEAST_FREE = 2
const FEW_LETTERS = 40

/** Parts blocks where bold lines stand above others, as a heading does that has no more room around it than other lines. */
export function partBold(blocks: readonly PositionedBlock[]): readonly PositionedBlock[] {
  return blocks.flatMap((block) => {
    const runs = runsOf(block.lines)
    if (runs.length === 1) return [block]
    const parts: PositionedLine[][] = []
    let isHeadingBefore = false
    for (const [index, run] of runs.entries()) {
      const isHeading = index < runs.length - 1 && mayBeHeading(run, block)
      const last = parts.at(-1)
      if (last === undefined || isHeading || isHeadingBefore) parts.push([...run])
      else last.push(...run)
      isHeadingBefore = isHeading
    }
    return parts.length === 1 ? [block] : parts.map(toBlock)
  })
}

/** Lines below each other all of which are bold, or none of which is. */
function runsOf(lines: readonly PositionedLine[]): readonly PositionedLine[][] {
  const runs: PositionedLine[][] = []
  for (const line of lines) {
    const last = runs.at(-1)
    if (last !== undefined && (last[0]?.bold === true) === (line.bold === true)) last.push(line)
    else runs.push([line])
  }
  return runs
}

function mayBeHeading(
  run: readonly PositionedLine[],
  { box: [left, , right] }: PositionedBlock,
): boolean {
  const last = run.at(-1)
  if (last?.bold !== true || run.length > MOST_LINES) return false
  const free = right - left - (last.box[2] - last.box[0])
  return free > last.fontSize * LEAST_FREE || last.text.length <= FEW_LETTERS
}

function toBlock(lines: readonly PositionedLine[]): PositionedBlock {
  const side = (index: 0 | 1 | 2 | 3, pick: (...sides: number[]) => number): number =>
    pick(...lines.map(({ box }) => box[index]))
  return {
    box: [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)],
    lines,
  }
}
