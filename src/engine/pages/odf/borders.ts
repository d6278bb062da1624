import { toHex, toPoints } from './measures.ts'
import { type Look, type PropertiesKind, valueOf } from './styles.ts'

/** A line at a side of something. */
export interface OdfBorder {
  /** In points. */
  readonly width: number
  readonly style: 'single' | 'double' | 'dashed' | 'dotted'
  /** Six hexadecimal digits. */
  readonly colour: string
}

/** The sides of something. */
export const SIDES = ['left', 'top', 'right', 'bottom'] as const

/** See {@link SIDES}. */
export type Side = (typeof SIDES)[number]

const STYLES: ReadonlyMap<string, OdfBorder['style']> = new Map(
  Object.entries<OdfBorder['style']>({
    double: 'double',
    'double-thin': 'double',
    dashed: 'dashed',
    'fine-dashed': 'dashed',
    'dash-dot': 'dashed',
    'dash-dot-dot': 'dashed',
    dotted: 'dotted',
  }),
)

const WIDTHS: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({ thin: 0.75, medium: 1.5, thick: 3 }),
)

/** What a look says of the border at a side: undefined for nothing, and `none` for that there is none. */
export function borderOf(
  look: Look,
  kind: PropertiesKind,
  side: Side,
): OdfBorder | 'none' | undefined {
  const value = valueOf(look, kind, `border-${side}`) ?? valueOf(look, kind, 'border')
  if (value === undefined) return undefined
  const words = value.trim().split(/\s+/)
  if (words.includes('none') || words.includes('hidden')) return 'none'
  const width = words
    .map((word) => toPoints(word) ?? WIDTHS.get(word))
    .find((each) => each !== undefined)
  const colour = words.map(toHex).find((each) => each !== undefined)
  if (width === undefined || width <= 0) return 'none'
  const style = words.map((word) => STYLES.get(word)).find((each) => each !== undefined)
  return { width, style: style ?? 'single', colour: colour ?? '000000' }
}

/** The room between something and its border at a side, in points; undefined when nothing is said. */
export function paddingOf(look: Look, kind: PropertiesKind, side: Side): number | undefined {
  return toPoints(valueOf(look, kind, `padding-${side}`) ?? valueOf(look, kind, 'padding'))
}
