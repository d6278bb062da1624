import { Element, isTag } from 'domhandler'
import { DomUtils } from 'htmlparser2'
import { type Colour, mixColours, printColour, readColour } from './css-colour.ts'
import { readCssNumber } from './css-number.ts'
import { localName } from './svg-document.ts'
import type { Drawing } from './svg-drawing.ts'
import { toSignedPixels } from './svg-lengths.ts'

/** Gradients that lead to each other in a longer row nobody writes. */
const MOST_LINKS = 10

/** As many colours stand for light between two stops. */
const STEPS = 16

/**
 * Has gradients be drawn as they are meant where librsvg draws nothing, or other colours: those without a length have the colour of their
 * last stop (SVG 2, section 14.2), those that go on have stops at their ends, and those in linear light have more stops.
 */
export function keepLight(drawing: Drawing): void {
  for (const element of drawing.styles.keys()) {
    const name = localName(element)
    if (name !== 'linearGradient' && name !== 'radialGradient') continue
    const chain = followLinks(element, drawing)
    const stops = stopsOf(chain)
    if (stops.length === 0) continue
    if (hasNoLength(chain, drawing)) showLast(element, stops, drawing)
    else if (drawing.inherited(element, 'color-interpolation') === 'linearRGB')
      tellLight(element, stops, drawing)
    else if (isRepeated(chain)) tellEnds(element, stops, drawing)
  }
}

/** A gradient and those that it takes from what it does not say itself. */
function followLinks(element: Element, drawing: Drawing): readonly Element[] {
  const chain = [element]
  for (let next = drawing.linked(element); next !== undefined; next = drawing.linked(next)) {
    if (chain.includes(next) || chain.length > MOST_LINKS) break
    chain.push(next)
  }
  return chain
}

function stopsOf(chain: readonly Element[]): readonly Element[] {
  for (const { children } of chain) {
    const stops = children.filter(isTag).filter((child) => localName(child) === 'stop')
    if (stops.length > 0) return stops
  }
  return []
}

function hasNoLength(chain: readonly Element[], drawing: Drawing): boolean {
  const [element] = chain
  if (element === undefined) return false
  const told = (name: string): string | undefined =>
    chain.find((each) => name in each.attribs)?.attribs[name]
  const inUnits = told('gradientUnits') === 'userSpaceOnUse'
  const [width, height] = inUnits ? drawing.viewOf(element) : [1, 1]
  const length = (name: string, usual: string, whole: number): number | undefined =>
    toSignedPixels(told(name) ?? usual, whole)
  if (localName(element) === 'radialGradient') return length('r', '50%', 1) === 0
  const across = [length('x1', '0%', width), length('x2', '100%', width)]
  const down = [length('y1', '0%', height), length('y2', '0%', height)]
  return across[0] !== undefined && across[0] === across[1] && down[0] === down[1]
}

/** Has a gradient be of one colour. */
function showLast(element: Element, stops: readonly Element[], drawing: Drawing): void {
  const last = stops.at(-1)
  if (last === undefined) return
  const told = (property: string, usual: string): string => drawing.told(last, property) ?? usual
  const only = new Element(last.name, {
    offset: '0',
    'stop-color': told('stop-color', 'black'),
    'stop-opacity': told('stop-opacity', '1'),
  })
  replaceStops(element, [only])
  const { attribs } = element
  // Any length will do.
  if (localName(element) === 'radialGradient') Object.assign(attribs, { r: '1', fr: '0' })
  else Object.assign(attribs, { x1: '0', x2: '1', y1: '0', y2: '0' })
}

/** Whether a gradient goes on beyond its ends, there and back or from the beginning. */
function isRepeated(chain: readonly Element[]): boolean {
  const told = chain.find(({ attribs }) => 'spreadMethod' in attribs)?.attribs['spreadMethod']
  return told === 'repeat' || told === 'reflect'
}

/** Has a gradient have stops at both ends: from its last stop to where it begins again librsvg would lead over. */
function tellEnds(element: Element, stops: readonly Element[], drawing: Drawing): void {
  const read = stops.map((stop) => readStop(stop, drawing))
  const told = read.flatMap((stop) => stop ?? [])
  const [first, last] = [told[0], told.at(-1)]
  if (first === undefined || last === undefined || told.length < read.length) return
  const ends = [{ ...first, offset: 0 }, ...told, { ...last, offset: 1 }]
  replaceStops(
    element,
    ends.map((stop) => stopOf(element, stop)),
  )
}

function tellLight(element: Element, stops: readonly Element[], drawing: Drawing): void {
  const read = stops.map((stop) => readStop(stop, drawing))
  const told: Element[] = []
  for (const [index, stop] of read.entries()) {
    if (stop === undefined) return
    const before = read[index - 1]
    if (before !== undefined && stop.offset > before.offset) {
      for (let step = 1; step < STEPS; step += 1) {
        const share = step / STEPS
        const mixed = mixColours('srgb-linear', [before.colour, stop.colour], share)
        const offset = before.offset + (stop.offset - before.offset) * share
        if (mixed !== undefined) told.push(stopOf(element, { offset, colour: mixed }))
      }
    }
    told.push(stopOf(element, stop))
  }
  replaceStops(element, told)
  drawing.styles.get(element)?.delete('color-interpolation')
  delete element.attribs['color-interpolation']
}

interface Stop {
  readonly offset: number
  readonly colour: Colour
}

function readStop(stop: Element, drawing: Drawing): Stop | undefined {
  const colour = readColour(drawing.told(stop, 'stop-color') ?? 'black')
  const opacity = readCssNumber((drawing.told(stop, 'stop-opacity') ?? '1').trim(), 1)
  const offset = readCssNumber((stop.attribs['offset'] ?? '0').trim(), 1)
  if (colour === undefined || opacity === undefined || offset === undefined) return undefined
  return { offset, colour: { ...colour, alpha: colour.alpha * opacity } }
}

function stopOf({ name }: Element, { offset, colour }: Stop): Element {
  const prefix = name.slice(0, name.indexOf(':') + 1)
  return new Element(`${prefix}stop`, {
    offset: String(offset),
    'stop-color': printColour({ ...colour, alpha: 1 }),
    'stop-opacity': String(colour.alpha),
  })
}

function replaceStops(element: Element, stops: readonly Element[]): void {
  for (const child of Array.from(element.children)) DomUtils.removeElement(child)
  for (const stop of stops) DomUtils.appendChild(element, stop)
}
