import { escapeXml } from '../../../../base/xml.ts'
import { isSimpleType, itemTypeOf, type Member } from './members.ts'
import { type Gives, membersOfOperation, type OperationName, type Takes } from './signatures.ts'
import { writeSimple } from './simple-values.ts'
import { membersOf } from './types.ts'

/** Whether a client wants what is at a path such as `assetArray/items/name`. */
export type WantsField = (path: string) => boolean

/**
 * Writes the element that an operation gives: its members in the order of the XSD, since strict clients refuse, or silently
 * lose, what comes in another.
 *
 * @param options.namespace - that of the request, since clients look for what they know
 * @param options.wants - says so of members that may be missing
 * @throws {TypeError} when a member is missing that must be there, or is of another type
 */
export function writeReturn<Name extends OperationName>(
  name: Name,
  gives: Gives<Name>,
  options: { readonly namespace: string; readonly wants?: WantsField | undefined },
): string {
  const { namespace, wants = () => true } = options
  const content = writeMembers(gives, membersOfOperation(name, 'gives'), '', wants)
  return writeElement(`${name}Return`, namespace, content)
}

/** Writes the element by which an operation is called; throws as {@link writeReturn} does. */
export function writeParam<Name extends OperationName>(
  name: Name,
  takes: Takes<Name>,
  namespace: string,
): string {
  const content = writeMembers(takes, membersOfOperation(name, 'takes'), '', () => true)
  return writeElement(`${name}Param`, namespace, content)
}

function writeElement(tag: string, namespace: string, content: string): string {
  return `<${tag} xmlns="${escapeXml(namespace)}">${content}</${tag}>`
}

function writeMembers(
  struct: object,
  members: readonly Member[],
  path: string,
  wants: WantsField,
): string {
  const values = new Map<string, unknown>(Object.entries(struct))
  let written = ''
  for (const { name, type, isOptional } of members) {
    const value = values.get(name)
    const at = `${path}${name}`
    if (value === undefined && !isOptional) throw new TypeError(`there is no ${at}`)
    if (value === undefined || (isOptional && !wants(at))) continue
    written += `<${name}>${writeValue(value, type, at, wants)}</${name}>`
  }
  return written
}

function writeValue(value: unknown, type: string, path: string, wants: WantsField): string {
  const item = itemTypeOf(type)
  if (item !== undefined) {
    if (!Array.isArray(value)) throw new TypeError(`${path} is no list`)
    return value
      .map((each) => `<items>${writeValue(each, item, `${path}/items`, wants)}</items>`)
      .join('')
  }
  if (isSimpleType(type)) return escapeXml(writeSimple(value, type))
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} has no members`)
  return writeMembers(value, membersOf(type), `${path}/`, wants)
}
