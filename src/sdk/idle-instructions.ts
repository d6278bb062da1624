import {
  type BuiltInWorker,
  chooseBuiltInWorker,
  RENDITION_FORMATS,
  readFormat,
} from '../contract/actions.ts'
import {
  findInstruction,
  type Instruction,
  type Instructions,
} from '../contract/instructions/instruction.ts'
import { INSTRUCTIONS, READ_BY } from '../contract/instructions/table.ts'

const KNOWN: Readonly<Record<string, Instruction>> = INSTRUCTIONS

/** Workers to which the format says nothing: they make a copy of the source, or a picture of something else. */
const OF_THEIR_OWN: readonly BuiltInWorker[] = ['metadata', 'capture']

/**
 * Says which instructions of a rendition make no difference to it, in one sentence: those of other formats. What is not
 * known here may be meant for others, and what says what would be anyway is no surprise.
 *
 * @returns undefined when there are none
 */
export function tellIdle(instructions: Instructions): string | undefined {
  const fmt = readFormat(instructions['fmt'])
  if (!RENDITION_FORMATS.some((each) => each === fmt)) return undefined
  const worker = chooseBuiltInWorker(instructions)
  const idle = Object.entries(KNOWN).flatMap(([name, instruction]) => {
    const { field, value } = findInstruction(name, instruction, instructions)
    if (value === undefined || isUsual(value, instruction.default)) return []
    const isRead = OF_THEIR_OWN.includes(worker)
      ? name === 'fmt' || name in READ_BY[worker]
      : (instruction.formats?.some((each) => each === fmt) ?? true)
    return isRead ? [] : [field]
  })
  if (idle.length === 0) return undefined
  const [last = '', ...others] = idle.toReversed()
  const names = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`
  return `${names} ${idle.length === 1 ? 'makes' : 'make'} no difference to this rendition in ${fmt}.`
}

/** Whether a value is the one that an instruction has anyway, as a text or not. */
function isUsual(value: unknown, usual: unknown): boolean {
  return value === usual || value === JSON.stringify(usual)
}
