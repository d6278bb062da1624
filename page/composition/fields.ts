/** The form of one rendition: which fields it has. */

import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import { type Field, toField } from '../schema-form/field.ts'
import { firstValue, membersOf } from '../schema-form/json-schema.ts'
import { fullName, matters, schemaAt } from './schema.ts'

/** What a rendition is hardly ever without, and so has a place in the form before it is written. */
const COMMON = ['name', 'fmt', 'width', 'height', 'quality', 'files']

/** The fields of a rendition: the common ones that make a difference to it, and all that it has. */
export function fieldsOf(rendition: Instructions): readonly Field[] {
  const given = Object.keys(rendition)
  const { fmt } = rendition
  const common = COMMON.filter(
    (name) => given.includes(name) || (matters(name, fmt) && !isGivenByAlias(name, given)),
  )
  const others = given.filter((name) => !common.includes(name))
  return [
    ...common.map((name) => toField([name], schemaAt([name]), rendition[name], true)),
    ...others.map((name) => toField([name], schemaAt([name]), rendition[name], false)),
  ]
}

/** The instructions that a rendition does not have yet, first those that make a difference to its format. */
export function addableTo(rendition: Instructions): readonly string[] {
  const shown = new Set(fieldsOf(rendition).map(({ path: [name = ''] }) => fullName(name)))
  const names = Object.keys(membersOf(schemaAt([]) ?? {})).filter((name) => !shown.has(name))
  const { fmt, worker } = rendition
  // A worker of one's own may understand anything.
  return worker === undefined ? names.filter((name) => matters(name, fmt)) : names
}

/** What an instruction is when it has just been added to a rendition. */
export function firstInstruction(name: string): unknown {
  return firstValue(schemaAt([name]) ?? {})
}

/** Whether a rendition has an instruction under its short name. */
function isGivenByAlias(name: string, given: readonly string[]): boolean {
  return given.some((field) => field !== name && fullName(field) === name)
}
