import { LISTS, type Member, readMembers, STRING_LISTS } from './members.ts'
import { ASSET_TYPES } from './xsd-assets.ts'
import { HOUSE_TYPES } from './xsd-house.ts'
import { JOB_TYPES } from './xsd-jobs.ts'
import { OPTION_TYPES } from './xsd-options.ts'

/**
 * The one table of types: WSDL, reader and writer are made of it. Its source is the XSD of Adobe's API as of 2017-10-29, whose
 * order of members is what strict clients hold a reply to.
 */
export const TYPES = { ...ASSET_TYPES, ...HOUSE_TYPES, ...JOB_TYPES, ...OPTION_TYPES } as const

type Types = typeof TYPES

/** A type of {@link TYPES}. */
export type TypeName = keyof Types

const MEMBERS: ReadonlyMap<string, readonly Member[]> = new Map(
  Object.entries(TYPES).map(([name, members]) => [name, readMembers(members)]),
)

/** The members of a type of the table, in the order of the XSD; of whatever else there are none. */
export function membersOf(type: string): readonly Member[] {
  return MEMBERS.get(type) ?? []
}

interface Simple {
  string: string
  int: number
  long: number
  double: number
  boolean: boolean
  dateTime: Date
  base64Binary: Uint8Array
}

type TrimLine<Text extends string> = Text extends `${infer Word}\n` ? Word : Text
type Words<
  Text extends string,
  Found extends string = never,
> = Text extends `${infer Word} ${infer Rest}`
  ? Words<Rest, Found | TrimLine<Word>>
  : Exclude<Found | TrimLine<Text>, '' | '\n'>
type NameOf<Word extends string> = Word extends `${infer Name}?${string}`
  ? Name
  : Word extends `${infer Name}:${string}`
    ? Name
    : Word
type TypeOf<Word extends string> = Word extends `${string}:${infer Type}` ? Type : 'string'
type Optional<Word extends string> = Word extends `${string}?${string}` ? Word : never

type ListOf<Type extends string> = Type extends (typeof STRING_LISTS)[number]
  ? readonly string[]
  : Type extends keyof typeof LISTS
    ? readonly Value<(typeof LISTS)[Type]>[]
    : Type extends `${infer Item}Array`
      ? readonly Value<Item>[]
      : never

/** What a member of this type holds: lists are arrays of their items. */
export type Value<Type extends string> = Type extends keyof Simple
  ? Simple[Type]
  : Type extends TypeName
    ? Struct<Types[Type]>
    : ListOf<Type>

/** The value of what has these members. */
export type Struct<Text extends string> = {
  readonly [Word in Exclude<Words<Text>, Optional<Words<Text>>> as NameOf<Word>]: Value<
    TypeOf<Word>
  >
} & {
  readonly [Word in Optional<Words<Text>> as NameOf<Word>]?: Value<TypeOf<Word>> | undefined
}
