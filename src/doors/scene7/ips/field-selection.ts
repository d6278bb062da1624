import { IpsFault } from './ips-fault.ts'
import { itemTypeOf, type Member } from './schema/members.ts'
import { membersOfOperation, type OperationName } from './schema/signatures.ts'
import { membersOf } from './schema/types.ts'
import type { WantsField } from './schema/write-struct.ts'

/** Which members of an answer a client wants, or wants to go without. */
export interface FieldSelection {
  readonly responseFieldArray?: readonly string[] | undefined
  readonly excludeFieldArray?: readonly string[] | undefined
}

/**
 * Reads which members of an answer a client wants: paths such as `assetArray/items/name`. What has been named stands for all
 * that is in it, unless something in it was named as well. Members that must be there come anyway.
 *
 * @returns undefined when it wants all
 * @throws {@link IpsFault} `invalidParameter` for a path at which there is nothing
 */
export function selectFields(
  operation: OperationName,
  { responseFieldArray = [], excludeFieldArray = [] }: FieldSelection,
): WantsField | undefined {
  const wanted = responseFieldArray.map((path) => checkPath(operation, path))
  const unwanted = new Set(excludeFieldArray.map((path) => checkPath(operation, path)))
  if (wanted.length === 0 && unwanted.size === 0) return undefined
  const named = new Set(wanted)
  const above = new Set(wanted.flatMap(pathsAbove))
  const isWanted = (path: string): boolean => {
    if (named.size === 0 || above.has(path)) return true
    return [path, ...pathsAbove(path)].some((each) => named.has(each) && !above.has(each))
  }
  return (path) => !unwanted.has(path) && isWanted(path)
}

function pathsAbove(path: string): string[] {
  const steps = path.split('/')
  return steps.slice(1).map((_, at) => steps.slice(0, at + 1).join('/'))
}

function checkPath(operation: OperationName, given: string): string {
  const path = given.trim()
  let members: readonly Member[] = membersOfOperation(operation, 'gives')
  for (const step of path.split('/')) {
    const member = members.find(({ name }) => name === step)
    if (!member) throw noField(operation, given)
    const item = itemTypeOf(member.type)
    members =
      item === undefined
        ? membersOf(member.type)
        : [{ name: 'items', type: item, isOptional: true }]
  }
  return path
}

function noField(operation: OperationName, path: string): IpsFault {
  return new IpsFault(
    'invalidParameter',
    `${operation}Return has no field ${JSON.stringify(path.slice(0, 100))}; fields are such as assetArray/items/name.`,
  )
}
