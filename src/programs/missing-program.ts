import { OperationError } from '../base/operation-error.ts'
import { installCommand, PROGRAMS, type ProgramId } from './programs.ts'

/**
 * The error for what takes a program that is not on this machine.
 *
 * @param what - what cannot be made, such as "A PDF of a DOC file"
 */
export function missingProgram(id: ProgramId, what: string): OperationError<'program_missing'> {
  const { title: program, variable } = PROGRAMS[id]
  const command = installCommand(id, process.platform)
  return new OperationError('program_missing', { what, program, command, variable })
}
