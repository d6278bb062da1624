/**
 * The members of a type in the order of the XSD, apart by white space, each `name`, with `?` where it may be missing, and
 * with `:` and a type where that is no string: `name expires?:dateTime assetArray:AssetArray`. Whatever ends with `Array`
 * is a list of `items` of the type before that, but for {@link STRING_LISTS} and {@link LISTS}.
 */
export type Members = string

/** One member of a type. */
export interface Member {
  readonly name: string
  readonly type: string
  readonly isOptional: boolean
}

/** The types that XML Schema has itself, as far as they occur. */
export const SIMPLE_TYPES = [
  'string',
  'int',
  'long',
  'double',
  'boolean',
  'dateTime',
  'base64Binary',
] as const

/** One of {@link SIMPLE_TYPES}. */
export type SimpleType = (typeof SIMPLE_TYPES)[number]

/** Lists of strings. */
export const STRING_LISTS = ['StringArray', 'HandleArray'] as const

/** Lists whose names do not tell of what they are. */
export const LISTS = { ExcludeByproductArray: 'ExcludeByproductCondition' } as const

/** Reads the notation of {@link Members}. */
export function readMembers(members: Members): readonly Member[] {
  return members
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [left = '', type = 'string'] = word.split(':')
      return { name: left.replace('?', ''), type, isOptional: left.endsWith('?') }
    })
}

/** @returns the type of the items when it is a list, and else undefined */
export function itemTypeOf(type: string): string | undefined {
  if (STRING_LISTS.some((each) => each === type)) return 'string'
  for (const [list, item] of Object.entries(LISTS)) if (list === type) return item
  return type.endsWith('Array') ? type.slice(0, -'Array'.length) : undefined
}

/** @returns whether XML Schema has it itself */
export function isSimpleType(type: string): type is SimpleType {
  return SIMPLE_TYPES.some((each) => each === type)
}
