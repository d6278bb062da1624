import { isRecord } from '../base/json.ts'
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
import { PICTURE_INSTRUCTIONS } from '../contract/instructions/picture-instructions.ts'
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
  const given = toGiven(instructions)
  const idle = Object.entries(KNOWN).flatMap(([name, instruction]) => {
    const { field, value } = findInstruction(name, instruction, instructions)
    if (value === undefined) return []
    if (OVERRIDDEN[name]?.(given, fmt) === true) return [field]
    if (isUsual(value, instruction.default)) return []
    const isRead = OF_THEIR_OWN.includes(worker)
      ? name === 'fmt' || name in READ_BY[worker]
      : (instruction.formats?.some((each) => each === fmt) ?? true)
    return isRead ? [] : [field]
  })
  idle.push(...idleOfWatermark(given('watermark')))
  if (idle.length === 0) return undefined
  const [last = '', ...others] = idle.toReversed()
  const names = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`
  return `${names} ${idle.length === 1 ? 'makes' : 'make'} no difference to this rendition in ${fmt}.`
}

/** Reads instructions by their long names, whichever they were given by. */
type Given = (name: keyof typeof INSTRUCTIONS) => unknown

function toGiven(instructions: Instructions): Given {
  return (name) => findInstruction(name, INSTRUCTIONS[name], instructions).value
}

const METADATA_KEEPERS: readonly string[] = PICTURE_INSTRUCTIONS.metadata.formats
const INTERESTS = /^(?:attention|entropy)$/

/** When an instruction of its format makes no difference for the sake of others, or without them. */
const OVERRIDDEN: Readonly<Record<string, (given: Given, fmt: string) => boolean>> = {
  // What has to fit gets the best quality that does.
  quality(given, fmt) {
    if (given('targetSize') !== undefined) return true
    return fmt === 'pdf' ? given('optimize') === undefined : isJpeg(fmt) && has(given, 'jpegSize')
  },
  // Texts by name make it a rendition of another worker, to which they make a difference.
  metadata: (given, fmt) =>
    given('metadata') === 'keep' && !METADATA_KEEPERS.some((each) => each === fmt),
  // What matters is kept of what is cut, which takes a box with both sides.
  crop: (given) =>
    INTERESTS.test(String(given('crop'))) &&
    !(has(given, 'width') && has(given, 'height') && isUsual(given('fit') ?? 'crop', 'crop')),
  flattenSignatures: (given) =>
    !has(given, 'optimize') &&
    !has(given, 'targetSize') &&
    !isUsual(given('flattenSignatures'), false),
  compressionLevel: (given, fmt) =>
    fmt === 'png' && (has(given, 'optimize') || has(given, 'targetSize')),
  // A JPEG that is made small is progressive, as that is smaller.
  interlace: (given, fmt) =>
    isJpeg(fmt) && has(given, 'optimize') && isUsual(given('interlace'), false),
}

function has(given: Given, name: Parameters<Given>[0]): boolean {
  return given(name) !== undefined
}

function isJpeg(fmt: string): boolean {
  return fmt === 'jpg' || fmt === 'jpeg'
}

/** What a text says nothing to, and what a picture does not, of the members of a watermark. */
function idleOfWatermark(watermark: unknown): string[] {
  if (!isRecord(watermark)) return []
  const isPicture = watermark['image'] !== undefined
  const [own, others] = isPicture ? ['image', 'font'] : ['font', 'image']
  const overridden =
    watermark[`${own}WidthPercent`] === undefined ? [] : ['fontSize', 'imageWidth', 'imageHeight']
  return Object.keys(watermark)
    .filter((name) => watermark[name] !== undefined && name !== 'image')
    .filter((name) => name.startsWith(others) || overridden.includes(name))
    .map((name) => `watermark.${name}`)
}

/** Whether a value is the one that an instruction has anyway, as a text or not. */
function isUsual(value: unknown, usual: unknown): boolean {
  return value === usual || value === JSON.stringify(usual)
}
