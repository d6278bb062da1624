/** Clicks as edits of the lines of a request; the rest of them stay as they were written. */
import { COMMANDS, type CommandName } from '../../../src/image-serving/commands/commands.ts'
import { exampleText, fieldsOf } from './argument-fields.ts'
import { type CommandLine, readLines } from './command-lines.ts'
import { encodeValue } from './encode-value.ts'
import { keyOfPlace, type Place, samePlace } from './line-places.ts'

/** Says another value in a line. */
export function setValue(lines: string, index: number, value: string): string {
  return changeLine(lines, index, (line) => [`${line.split('=', 1)[0]}=${encodeValue(value)}`])
}

/** Takes a line away. */
export function removeLine(lines: string, index: number): string {
  return changeLine(lines, index, () => [])
}

function changeLine(
  lines: string,
  index: number,
  change: (line: string) => readonly string[],
): string {
  return lines
    .split('\n')
    .flatMap((line, at) => (at === index ? change(line) : [line]))
    .join('\n')
}

/** Adds a command at the end of what is said of a place, with values to begin with. */
export function addCommand(lines: string, place: Place, command: CommandName): string {
  return addLine(lines, place, `${command}=${startOf(command)}`, command)
}

/** Puts in the commands of a preset, behind what else is said of the picture. */
export function addMacro(lines: string, name: string): string {
  return addLine(lines, { of: 'request' }, `$${name}$`)
}

function addLine(lines: string, place: Place, line: string, command?: CommandName): string {
  const read = readLines(lines).filter(({ kind }) => kind !== 'empty')
  const texts = read.map(({ text }) => text)
  const outside = command !== undefined && COMMANDS[command].level === 'layer 0'
  const at = endOf(read, place, outside)
  if (at !== undefined) return texts.toSpliced(at, 0, line).join('\n')
  const openers = place.of === 'layer' ? [`layer=${place.layer}`] : ['layer=comp']
  const effect = place.of === 'request' ? undefined : place.effect
  if (effect !== undefined) openers.push(`effect=${effect}`)
  return [...texts, ...openers, line].join('\n')
}

/**
 * Behind which line a place ends: before the next one that opens something.
 *
 * @param outside - whether a command for layer 0 is meant, which it is outside of any layer as well
 * @returns undefined when it is not opened anywhere
 */
function endOf(read: readonly CommandLine[], place: Place, outside: boolean): number | undefined {
  const openers = read.flatMap(({ kind }, at) => (kind === 'open' ? [at] : []))
  const [first = read.length] = openers
  const opened = openers.findLast((at) => samePlace(read[at]?.place ?? { of: 'request' }, place))
  if (opened !== undefined) return openers.find((at) => at > opened) ?? read.length
  const isAtHead =
    place.of !== 'layer' ? !('effect' in place) : outside && keyOfPlace(place) === '0'
  return isAtHead ? first : undefined
}

/** What a new layer shows. */
export type LayerContent = 'src' | 'text' | 'color'

/** Adds a layer on top of the others. */
export function addLayer(lines: string, content: LayerContent, value: string): string {
  const numbers = readLines(lines).flatMap(({ place }) =>
    place.of === 'layer' ? [place.layer] : [],
  )
  const layer = Math.max(0, ...numbers) + 1
  const size = content === 'src' ? ['size=200,200'] : content === 'color' ? ['size=100,100'] : []
  return [...written(lines), `layer=${layer}`, `${content}=${encodeValue(value)}`, ...size].join(
    '\n',
  )
}

/** Adds an effect to a layer, behind it: a shadow. */
export function addShadow(lines: string, layer: number): string {
  const effects = readLines(lines).flatMap(({ place }) =>
    place.of === 'layer' && place.layer === layer && place.effect !== undefined
      ? [place.effect]
      : [],
  )
  const effect = Math.min(0, ...effects) - 1
  return [...written(lines), `layer=${layer}`, `effect=${effect}`, '$shadow$'].join('\n')
}

function written(lines: string): readonly string[] {
  return lines.split('\n').filter((line) => line.trim() !== '')
}

/** Takes a layer or an effect away, and leaves what is said of the picture there. */
export function removePlace(lines: string, place: Place): string {
  const key = keyOfPlace(place)
  const within = (line: CommandLine): boolean => {
    const own = keyOfPlace(line.place)
    return own === key || own.startsWith(`${key}:`)
  }
  const read = readLines(lines)
  return read.flatMap((line) => (within(line) ? [] : [line.text])).join('\n')
}

/** With what commands begin of which nobody could guess it. */
const STARTS: Readonly<Partial<Record<CommandName, string>>> = {
  wid: '400',
  hei: '300',
  fit: 'crop',
  scl: '2',
  rgn: '0,0,400,300',
  rect: '0,0,256,256',
  dpr: 'on,2',
  align: '0,0',
  crop: '0,0,400,300',
  cropN: '0.1,0.1,0.8,0.8',
  size: '200,200',
  sizeN: '0.5,0.5',
  extend: '20,20,20,20',
  extendN: '0.1,0.1,0.1,0.1',
  rotate: '10',
  scale: '0.5',
  res: '72',
  opac: '50',
  pos: '20,20',
  posN: '0.1,0.1',
  fmt: 'webp',
  qlt: '80',
  jpegSize: '50',
  printRes: '300',
  resMode: 'sharp2',
  icc: 'sRGB',
  text: 'Text',
  textAttr: '144',
  req: 'props',
  color: 'ff8000',
  clipPath: 'M 0 0 L 200 0 L 100 200 Z',
  clipXPath: 'M 0 0 L 200 0 L 100 200 Z',
  perspective: '0,0,400,40,400,260,0,300',
  perspectiveN: '0,0,1,0.1,1,0.9,0,1',
  op_usm: '1.2,1,4,0',
  op_usmR: '1.2,1,4,0',
  op_colorize: 'ff8000',
  op_noise: '10',
  op_blur: '5',
  op_brightness: '20',
  op_contrast: '20',
  op_saturation: '-50',
  op_hue: '90',
  op_colorbalance: '20,0,-20',
  op_grow: '5',
}

/** The value that a command begins with, encoded. */
export function startOf(command: CommandName): string {
  const start = STARTS[command]
  if (start !== undefined) return encodeValue(start)
  return fieldsOf(command, undefined)
    .filter(({ optional }) => !optional)
    .map(({ kind }) => exampleText(kind))
    .join(',')
}
