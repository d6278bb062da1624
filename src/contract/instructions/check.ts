import { findProblems, type Problem } from '../../base/validation.ts'
import { chooseBuiltInWorker } from '../actions.ts'
import { requestedRenditionSchema } from '../process-request.ts'
import { findInstructionProblems, type Instructions } from './instruction.ts'
import { READ_BY } from './table.ts'

/** Stands for the target that a rendition gets before it is sent. */
const SOME_TARGET = 'https://localhost/'

/**
 * Says of one rendition what our own workers would say of its instructions before they look at the source. Of what a
 * worker of somebody's own understands nothing is known.
 */
export function checkInstructions(instructions: Instructions): readonly Problem[] {
  if (instructions['worker'] !== undefined) return []
  return Object.entries(READ_BY[chooseBuiltInWorker(instructions)]).flatMap(([name, instruction]) =>
    findInstructionProblems(name, instruction, instructions),
  )
}

/**
 * Says of one rendition what would be wrong with it: first in the words of the gateway, then in those of the worker. It
 * needs no `target` yet.
 */
export function checkRendition(instructions: Instructions): readonly Problem[] {
  const refused = findProblems(
    requestedRenditionSchema,
    { ...instructions, target: SOME_TARGET },
    'The rendition',
  )
  const named = new Set(refused.map(({ path: [field] }) => field))
  return [
    ...refused,
    ...checkInstructions(instructions).filter(({ path: [field] }) => !named.has(field)),
  ]
}
