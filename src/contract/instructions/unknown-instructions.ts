import { isRecord } from '../../base/json.ts'
import { memberNames } from '../../base/member-names.ts'
import { findUnknownMembers } from '../../base/unknown-members.ts'
import type { Problem } from '../../base/validation.ts'
import { AEM_STANDARD_RENDITIONS } from '../aem-profile.ts'
import { requestedRenditionSchema } from '../process-request.ts'
import { findInstruction, type Instruction, type Instructions } from './instruction.ts'
import { INSTRUCTIONS, READ_BY } from './table.ts'

const TABLE = Object.entries<Instruction>(INSTRUCTIONS)

/** All that people write into a rendition. */
const WRITTEN: readonly string[] = [
  ...Object.keys(requestedRenditionSchema.shape),
  ...TABLE.flatMap(([name, { alias }]) => (alias === undefined ? [name] : [name, alias])),
]

/** What only some workers read, what AEM sends of its own accord, and the media type that the SDK takes in place of a `fmt`. */
const NO_SURPRISE: readonly string[] = [
  ...Object.values(READ_BY).flatMap((instructions) => Object.keys(instructions)),
  ...AEM_STANDARD_RENDITIONS.flatMap((rendition) => Object.keys(rendition)),
  'type',
]

/**
 * Says which members of a rendition nobody here reads, those within its instructions too, and which name is nearest. Adobe's service
 * passes over them without a word. What a worker of somebody's own understands is not known, and nothing is said of it.
 */
export function findUnknownInstructions(instructions: Instructions): readonly Problem[] {
  if (instructions['worker'] !== undefined) return []
  const within = TABLE.flatMap(([name, instruction]) => {
    const { field, value } = findInstruction(name, instruction, instructions)
    const known = isRecord(value) ? memberNames(instruction.schema) : undefined
    return isRecord(value) && known !== undefined
      ? findUnknownMembers(value, known, { at: [field] })
      : []
  })
  return [...findUnknownMembers(instructions, WRITTEN, { besides: NO_SURPRISE }), ...within]
}
