import type { XmlElement } from '../../upload/xml-element.ts'
import { IpsFault } from '../ips-fault.ts'
import { ALIASES, ASSUMED } from './lenience.ts'
import { isSimpleType, itemTypeOf, type Member, type SimpleType } from './members.ts'
import { type Gives, membersOfOperation, type OperationName, type Takes } from './signatures.ts'
import { readSimple } from './simple-values.ts'
import { membersOf, type TypeName } from './types.ts'

/** What was read of an element that has members. */
type Read = Readonly<Record<string, unknown>>

/**
 * Reads what an operation takes: members by their names without namespaces, in any order, since clients of all versions, and
 * those who write XML by hand, differ in both.
 *
 * @throws {@link IpsFault} `missingParameter`, and `invalidParameter` for what is not of its type, comes twice, or is no member
 */
export function readTakes<Name extends OperationName>(
  name: Name,
  element: XmlElement,
): Takes<Name> {
  const read = readStruct(element, membersOfOperation(name, 'takes'), element.name)
  if (isTaken(name, read)) return read
  throw new TypeError(`what was read of ${name} lacks a member`)
}

/**
 * Reads what an operation gives, for whoever has called it.
 *
 * @throws {@link IpsFault} as {@link readTakes} does
 */
export function readGives<Name extends OperationName>(
  name: Name,
  element: XmlElement,
): Gives<Name> {
  const read = readStruct(element, membersOfOperation(name, 'gives'), element.name)
  if (isGiven(name, read)) return read
  throw new TypeError(`what was read of ${name} lacks a member`)
}

function isTaken<Name extends OperationName>(name: Name, read: Read): read is Takes<Name> & Read {
  return isWhole(read, membersOfOperation(name, 'takes'))
}

function isGiven<Name extends OperationName>(name: Name, read: Read): read is Gives<Name> & Read {
  return isWhole(read, membersOfOperation(name, 'gives'))
}

function isWhole(read: Read, members: readonly Member[]): boolean {
  return members.every(({ name, isOptional }) => isOptional || read[name] !== undefined)
}

/**
 * Reads what has the members of a type, of which all may be missing.
 *
 * @throws {@link IpsFault} `invalidParameter`, as {@link readTakes}
 */
export function readLoosely(element: XmlElement, type: TypeName): Read {
  const members = membersOf(type).map((member) => ({ ...member, isOptional: true }))
  return readStruct(element, members, element.name)
}

function readStruct(element: XmlElement, members: readonly Member[], path: string): Read {
  const read: Record<string, unknown> = {}
  for (const child of element.children) {
    const member = findMember(members, child.name)
    if (!member) throw unknownMember(child.name, members, path)
    if (read[member.name] !== undefined) {
      throw new IpsFault('invalidParameter', `${path} has ${member.name} more than once.`)
    }
    read[member.name] = readValue(child, member, `${path}/${member.name}`)
  }
  for (const member of members) {
    const { name, isOptional } = member
    if (read[name] !== undefined || isOptional) continue
    if (!(name in ASSUMED)) {
      throw new IpsFault('missingParameter', `${path} needs ${name}, and has none.`)
    }
    read[name] = ASSUMED[name]
  }
  return read
}

function findMember(members: readonly Member[], name: string): Member | undefined {
  const known = members.find((member) => member.name === name)
  return known ?? members.find((member) => member.name === ALIASES.get(name))
}

function readValue(element: XmlElement, { type }: Member, path: string): unknown {
  if (element.isNil) return undefined
  const item = itemTypeOf(type)
  if (item !== undefined) {
    const stranger = element.children.find(({ name }) => name !== 'items')
    if (stranger) {
      throw new IpsFault(
        'invalidParameter',
        `${path} is a list of items, and has ${quote(stranger.name)} in it.`,
      )
    }
    return element.children.map((child, at) => readItem(child, item, `${path}/items[${at}]`))
  }
  if (isSimpleType(type)) return readText(element, type, path)
  return readStruct(element, membersOf(type), path)
}

function readItem(element: XmlElement, type: string, path: string): unknown {
  const value = readValue(element, { name: 'items', type, isOptional: true }, path)
  if (value !== undefined) return value
  throw new IpsFault('invalidParameter', `${path} must have a value.`)
}

function readText(element: XmlElement, type: SimpleType, path: string): unknown {
  const [child] = element.children
  if (child) {
    throw new IpsFault(
      'invalidParameter',
      `${path} must be a text, and has the element ${quote(child.name)} in it.`,
    )
  }
  // Clients send what was left empty in a form so, and there is no number in it.
  if (type !== 'string' && element.text.trim() === '') return undefined
  const value = readSimple(element.text, type)
  if (value !== undefined) return value
  throw new IpsFault(
    'invalidParameter',
    `${path} must be of the type xsd:${type}, and is ${quote(element.text)}.`,
  )
}

function unknownMember(name: string, members: readonly Member[], path: string): IpsFault {
  const all = members.map((member) => member.name).join(', ')
  const known = all === '' ? 'It has none.' : `It has ${all}.`
  return new IpsFault('invalidParameter', `${path} has no member ${quote(name)}. ${known}`)
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 60))
}
