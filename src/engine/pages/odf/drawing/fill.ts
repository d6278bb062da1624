import { attributeOf, childrenOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import type { PictureSizes } from '../crops.ts'
import { toHex, toNumber, toShare } from '../measures.ts'
import type { PartLinks } from '../part-links.ts'
import { type Look, type OdfStyles, type PropertiesKind, valueOf } from '../styles.ts'

/** What fills and lines refer to. */
export interface DrawingContext {
  readonly styles: OdfStyles
  readonly links: PartLinks
  /** Of pictures that may be cropped. */
  readonly sizes: PictureSizes
}

/** What the shapes of LibreOffice are filled with where nothing is said. */
const USUAL_COLOUR = '729FCF'

const NO_FILL = makeElement('noFill')

/** A colour in the words of slides. */
export function solidFill(hex: string, opacity = 1): Element {
  const alpha = opacity < 1 ? [makeElement('alpha', { val: thousandths(opacity) })] : []
  return makeElement('solidFill', {}, [makeElement('srgbClr', { val: hex }, alpha)])
}

/**
 * Writes what something is filled with as a slide has it (OpenDocument 1.3, part 3, 20.117).
 *
 * @param usual - how it is filled where nothing is said
 * @returns undefined where nothing is said, and `usual` is undefined
 */
export function writeFill(
  look: Look,
  { styles, links }: DrawingContext,
  {
    usual,
    kind = 'graphic',
  }: { readonly usual?: string | undefined; readonly kind?: PropertiesKind },
): Element | undefined {
  const value = (name: string): string | undefined => valueOf(look, kind, name)
  const opacity = opacityOf(look, styles, kind)
  switch (value('fill') ?? usual ?? '') {
    case 'none':
      return NO_FILL
    case 'solid':
      return solidFill(toHex(value('fill-color')) ?? USUAL_COLOUR, opacity)
    case 'gradient': {
      const gradient = styles.named('gradient', value('fill-gradient-name'))
      return gradient === undefined ? NO_FILL : writeGradient(gradient, opacity)
    }
    case 'hatch': {
      const hatch = styles.named('hatch', value('fill-hatch-name'))
      const hasGround = value('fill-hatch-solid') === 'true'
      const [front, back] = [
        toHex(attributeOf(hatch, 'color')) ?? '000000',
        toHex(value('fill-color')),
      ]
      return makeElement('pattFill', { prst: 'pct20' }, [
        makeElement('fgClr', {}, [makeElement('srgbClr', { val: front })]),
        makeElement('bgClr', {}, [
          makeElement('srgbClr', { val: (hasGround ? back : undefined) ?? 'FFFFFF' }),
        ]),
      ])
    }
    case 'bitmap': {
      const id = links.addPicture(styles.named('fill-image', value('fill-image-name')))
      return id === undefined ? NO_FILL : blipFill(id, opacity)
    }
    default:
      return undefined
  }
}

/** A picture in the words of slides, by the id of its link. */
export function blipFill(id: string, opacity = 1, crop?: Element): Element {
  const alpha = opacity < 1 ? [makeElement('alphaModFix', { amt: thousandths(opacity) })] : []
  return makeElement('blipFill', {}, [
    makeElement('blip', { 'r:embed': id }, alpha),
    crop,
    makeElement('stretch', {}, [makeElement('fillRect')]),
  ])
}

/** How much of a picture covers what is behind it. */
export function pictureOpacity(look: Look): number {
  return Math.min(1, Math.max(0, toShare(valueOf(look, 'graphic', 'image-opacity')) ?? 1))
}

function opacityOf(look: Look, styles: OdfStyles, kind: PropertiesKind): number {
  const told = toShare(valueOf(look, kind, 'opacity'))
  const gradient = styles.named('opacity', valueOf(look, kind, 'opacity-name'))
  if (gradient === undefined) return Math.min(1, Math.max(0, told ?? 1))
  // One that changes is what it is in the middle.
  const ends = ['start', 'end'].map((name) => toShare(attributeOf(gradient, name)) ?? 1)
  return ends.reduce((sum, each) => sum + each, 0) / ends.length
}

function thousandths(share: number): string {
  return String(Math.round(share * 100_000))
}

/** More colours than anybody lets a gradient have. */
const MOST_STOPS = 50

function writeGradient(gradient: Element, opacity: number): Element {
  const kind = attributeOf(gradient, 'style') ?? 'linear'
  const border = Math.min(0.99, Math.max(0, toShare(attributeOf(gradient, 'border')) ?? 0))
  const told = stopsOf(gradient).map(({ at, hex }) => ({ at: border + at * (1 - border), hex }))
  const outer = told[0]?.hex ?? 'FFFFFF'
  const stops = border > 0 ? [{ at: 0, hex: outer }, ...told] : told
  const isAround = !['linear', 'axial'].includes(kind)
  // From the middle out, as slides have it, or twice from an edge to the middle.
  const shown = isAround
    ? stops.map(({ at, hex }) => ({ at: 1 - at, hex })).toReversed()
    : kind === 'axial'
      ? [
          ...stops.map(({ at, hex }) => ({ at: at / 2, hex })),
          ...stops.map(({ at, hex }) => ({ at: 1 - at / 2, hex })).toReversed(),
        ]
      : stops
  const list = makeElement(
    'gsLst',
    {},
    shown.map(({ at, hex }) =>
      makeElement('gs', { pos: thousandths(at) }, solidFill(hex, opacity).children),
    ),
  )
  if (!isAround) {
    const angle = (((90 - angleOf(gradient)) % 360) + 360) % 360
    return makeElement('gradFill', {}, [
      list,
      makeElement('lin', { ang: String(Math.round(angle * 60_000)) }),
    ])
  }
  const [x, y] = ['cx', 'cy'].map((name) => toShare(attributeOf(gradient, name)) ?? 0.5)
  const [across, down] = [x ?? 0.5, y ?? 0.5]
  return makeElement('gradFill', {}, [
    list,
    makeElement('path', { path: 'circle' }, [
      makeElement('fillToRect', {
        l: thousandths(across),
        t: thousandths(down),
        r: thousandths(1 - across),
        b: thousandths(1 - down),
      }),
    ]),
  ])
}

/** In degrees; older programs write tenths of one without a unit. */
function angleOf(gradient: Element): number {
  const [, number = '0', unit = ''] =
    /^\s*(-?[\d.]+)(deg|grad|rad)?\s*$/.exec(attributeOf(gradient, 'angle') ?? '') ?? []
  const angle = toNumber(number) ?? 0
  if (unit === 'deg') return angle
  if (unit === 'rad') return (angle * 180) / Math.PI
  return unit === 'grad' ? angle * 0.9 : angle / 10
}

function stopsOf(gradient: Element): { readonly at: number; readonly hex: string }[] {
  const own = childrenOf(gradient, 'gradient-stop').slice(0, MOST_STOPS)
  if (own.length > 1) {
    return own.map((stop) => ({
      at: Math.min(1, Math.max(0, toNumber(attributeOf(stop, 'offset')) ?? 0)),
      hex: toHex(attributeOf(stop, 'color-value')) ?? 'FFFFFF',
    }))
  }
  return (['start', 'end'] as const).map((end, at) => ({
    at,
    hex: dimmed(
      toHex(attributeOf(gradient, `${end}-color`)) ?? 'FFFFFF',
      toShare(attributeOf(gradient, `${end}-intensity`)) ?? 1,
    ),
  }))
}

function dimmed(hex: string, intensity: number): string {
  const by = Math.min(1, Math.max(0, intensity))
  return Buffer.from(Buffer.from(hex, 'hex').map((each) => Math.round(each * by)))
    .toString('hex')
    .toUpperCase()
}
