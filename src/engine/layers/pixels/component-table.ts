import type { Adjustment } from '../composition.ts'
import type { Raster } from '../raster.ts'
import { mapPixels } from './map-pixels.ts'

/** The adjustments that change each component by itself, whatever the others are. */
export type ComponentAdjustment = Extract<
  Adjustment,
  { op: 'brightness' | 'contrast' | 'colorbalance' | 'invert' }
>

/** What becomes of each of the 256 values of red, green and blue. */
export type ComponentTables = readonly [Uint8ClampedArray, Uint8ClampedArray, Uint8ClampedArray]

/** The level that contrast leaves as it is: 50 %, which is between two of the 256. */
const MIDDLE = 127.5

/** The tables of adjustments one after the other: rounded after each, as if each had been done by itself. */
export function componentTables(adjustments: readonly ComponentAdjustment[]): ComponentTables {
  const tables: ComponentTables = [identity(), identity(), identity()]
  for (const adjustment of adjustments) {
    for (const [component, table] of tables.entries()) {
      const change = changeOf(adjustment, component)
      for (const [value, now] of table.entries()) table[value] = change(now)
    }
  }
  return tables
}

/** Changes every pixel by what the tables say of its components. */
export function applyTables(
  raster: Raster,
  [red, green, blue]: ComponentTables,
  signal?: AbortSignal,
): Promise<Raster> {
  return mapPixels(raster, signal, ({ from, to, start, end, step }) => {
    for (let at = start; at < end; at += step) {
      to[at] = red[from[at] ?? 0] ?? 0
      to[at + 1] = green[from[at + 1] ?? 0] ?? 0
      to[at + 2] = blue[from[at + 2] ?? 0] ?? 0
    }
  })
}

function identity(): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: 256 }, (_, value) => value)
}

/**
 * What an adjustment does to a component, of which 0 is red. The reference tells directions and ends alone, so the steps
 * between them are straight: a percent of brightness is a percent of the range of values, and contrast turns the line around
 * the middle, from level at -100 to upright at 100, by an angle that -c undoes after c.
 */
function changeOf(adjustment: ComponentAdjustment, component: number): (value: number) => number {
  if (adjustment.op === 'invert') return (value) => 255 - value
  if (adjustment.op === 'colorbalance') {
    const { red, green, blue } = adjustment
    return lighten([red, green, blue][component] ?? 0)
  }
  const { op, amount } = adjustment
  if (op === 'brightness') return lighten(amount)
  const slope = amount < 0 ? 1 + amount / 100 : 100 / (100 - amount)
  return (value) => MIDDLE + (value - MIDDLE) * slope
}

function lighten(amount: number): (value: number) => number {
  return (value) => value + amount * 2.55
}
