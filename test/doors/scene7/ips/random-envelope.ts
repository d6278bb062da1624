import * as fc from 'fast-check'
import {
  isSimpleType,
  itemTypeOf,
  type Member,
  readMembers,
  type SimpleType,
} from '../../../../src/doors/scene7/ips/schema/members.ts'
import { isOperationName, SIGNATURES } from '../../../../src/doors/scene7/ips/schema/signatures.ts'
import { membersOf } from '../../../../src/doors/scene7/ips/schema/types.ts'
import { envelope, param } from './call-ips.ts'

/** Draws values by chance, as `fc.gen()` gives it. */
type Draw = fc.GeneratorValue

/** What may be right, by the beginning of the names of members. */
const RIGHT: readonly [member: RegExp, values: readonly string[]][] = [
  [/^companyHandle/, ['c|acme', 'acme']],
  [/^companyName/, ['acme']],
  [/^(?:access)?userHandle/i, ['0|ann', 'ann']],
  [/^jobHandle/, Array.from({ length: 6 }, (_, n) => `j|${n + 1}`)],
  [/^imageFormatHandle/, ['i|acme|web', 'i|acme|test']],
  [/^(?:folder|destFolder|destPath)/, ['acme/', 'acme/summer/', '/summer/hats/', '']],
  [/handle/i, Array.from({ length: 4 }, (_, n) => `a|${n + 1}`)],
  [/^(?:name|newName|assetName|nameArray)/, ['shoe', 'hat', 'summer/shoe', 'web', 'test']],
  [/^fmt/, ['orig', 'convert']],
  [
    /^is_modifier|^urlModifier/i,
    ['fmt=png&amp;wid=9', '&amp;fmt=tif', 'req=set', 'wid=x', '$web$'],
  ],
  [/^macro/, ['$web$', '$test$', '$none$']],
  [/^emailSetting/, ['All', 'Error', 'ErrorAndWarning', 'JobCompletion', 'None']],
  [/^publishType/, ['Full', 'Incremental']],
  [/^publishState/, ['MarkedForPublish', 'NotMarkedForPublish']],
  [/^type/, ['ImageSet', 'SpinSet', 'VideoSet']],
  [/^field$/, ['Name', 'Created', 'FileSize', 'AssetType', 'Path', 'PublishState']],
  [/^op$/, ['Equals', 'NotEquals', 'Contains', 'StartsWith', 'Between', 'GreaterThan']],
  [/MatchMode/, ['MatchAll', 'MatchAny']],
  [/^(?:assetType|excludeAssetType)/, ['Image', 'Zip', 'ImageSet', 'Pdf']],
  [/^sortBy/, ['Name', 'Date', 'JobName', 'StartDate', 'FileSize']],
  [/^sortDirection/, ['Ascending', 'Descending']],
  [/FieldArray/, ['assetArray/items/name', 'totalRows', 'jobHandle']],
  [/^execSchedule/, ['0 0 3 * * ?', '* * * * *', '0 0 0 31 2 ?']],
  [/^sourceUrl/, ['https://example.com/a.jpg', 'http://127.0.0.1:9/a.jpg', 'file:///etc/passwd']],
  [/^email/, ['ann', 'ann@example.com']],
  [/^locale/, ['en-US', 'de']],
]

/** What is wrong wherever it is, or nearly. */
const STRANGE: readonly string[] = [
  'a|999999999999999999',
  '../..',
  'C:\\x',
  '-1',
  '2147483648',
  '1e400',
  '2026-13-45T99:99:99Z',
  'Between',
  '&lt;x&gt;',
  '%s%n%x',
  "' OR 1=1 --",
  '__proto__',
  'constructor',
  '',
  ' ',
  '\u0001',
  '&#0;',
  '\u202e\u0000',
  '😀'.repeat(100),
  'x'.repeat(3000),
]

const SIMPLE: Readonly<Record<SimpleType, readonly string[]>> = {
  string: ['a', 'shoe', 'web'],
  int: ['0', '1', '-1', '3', '2147483647'],
  long: ['0', '1', '9007199254740993'],
  double: ['0', '1.5', 'NaN', '-INF'],
  boolean: ['true', 'false', '1', '0'],
  dateTime: ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00+02:00', '2026-01-01T00:00:00'],
  base64Binary: ['AAAA', ''],
}

const operations = Object.keys(SIGNATURES).filter(isOperationName)

/** Deeper than this only what must be there is. */
const DEEPEST = 3

/** By chance alone: fast-check likes the ends of a range best. */
function evenly(min: number, max: number): fc.Arbitrary<number> {
  return fc.noBias(fc.integer({ min, max }))
}

function isLucky(draw: Draw, percent: number): boolean {
  return draw(evenly, 0, 99) < percent
}

/** One of a list that is not empty. */
export function pick<T>(draw: Draw, values: readonly T[]): T {
  const [found] = values.slice(draw(evenly, 0, values.length - 1))
  if (found === undefined) throw new RangeError('there is nothing to pick from')
  return found
}

function writeValue(
  draw: Draw,
  { name, type }: Pick<Member, 'name' | 'type'>,
  depth: number,
): string {
  if (isLucky(draw, 2)) return pick(draw, STRANGE)
  const item = itemTypeOf(type)
  if (item !== undefined) {
    const count = draw(evenly, 0, 3)
    const items = Array.from({ length: count }, () => writeValue(draw, { name, type: item }, depth))
    return items.map((each) => `<items>${each}</items>`).join('')
  }
  if (!isSimpleType(type)) return writeMembers(draw, membersOf(type), depth + 1)
  const [, values] = RIGHT.find(([member]) => member.test(name)) ?? []
  return pick(draw, type === 'string' && values ? values : SIMPLE[type])
}

function writeMembers(draw: Draw, members: readonly Member[], depth: number): string {
  const jobs = members
    .map(({ name }) => name)
    .filter((name) => name.endsWith('Job') && !name.startsWith('post'))
  // One of them is right, and an export is what does most.
  const job = jobs.includes('exportJob') && isLucky(draw, 50) ? 'exportJob' : undefined
  const chosen = job ?? (jobs.length > 0 ? pick(draw, jobs) : undefined)
  return members
    .filter(({ name, isOptional }) => {
      if (jobs.includes(name)) return isLucky(draw, name === chosen ? 98 : 1)
      if (!isOptional) return isLucky(draw, 98)
      return depth <= DEEPEST && isLucky(draw, 6)
    })
    .map((member) => `<${member.name}>${writeValue(draw, member, depth)}</${member.name}>`)
    .join('')
}

/** A message to any operation of the WSDL, most of which is as its schema says, and some of which means something. */
export function drawEnvelope(draw: Draw): string {
  const any = pick(draw, operations)
  const name = isLucky(draw, 20) ? 'submitJob' : any
  const { takes } = SIGNATURES[name]
  return envelope(param(name, writeMembers(draw, readMembers(takes), 0)))
}

/** The parameters of an upload, likewise. */
export function drawUploadParams(draw: Draw): string {
  const members = readMembers(
    'companyHandle jobName? jobHandle? locale? description? destFolder? fileName? endJob?:boolean uploadParams?:UploadPostJob',
  )
  return param('uploadPost', writeMembers(draw, members, 0))
}

const PIECES = [
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '&#x110000;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '<?xml version="1.1"?>',
  '<items>',
  '</items>',
  '<a xmlns:b="">',
  ' xsi:nil="true"',
  '\ud800',
  '\0',
  '"',
  '<',
]

/** Cuts something out of a text and puts something in, a few times or never. */
export function mutate(draw: Draw, text: string): string {
  let mutated = text
  const times = Math.max(0, draw(evenly, -6, 3))
  for (let time = 0; time < times; time += 1) {
    const from = draw(evenly, 0, mutated.length)
    const cut = draw(evenly, 0, 30)
    const piece = isLucky(draw, 50) ? '' : pick(draw, PIECES)
    mutated = mutated.slice(0, from) + piece + mutated.slice(from + cut)
  }
  return mutated
}
