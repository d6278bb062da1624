import type { Adjustment } from '../composition.ts'
import type { Raster } from '../raster.ts'
import { blur } from './blur.ts'
import { colorize } from './colorize.ts'
import { applyTables, type ComponentAdjustment, componentTables } from './component-table.ts'
import { grow, growMask } from './grow.ts'
import { turnHue } from './hue.ts'
import { addNoise } from './noise.ts'
import { saturate } from './saturation.ts'

/**
 * Makes adjustments of a picture, one after the other. Those that change each component by itself are done together where
 * they follow each other.
 *
 * @param scale - how many pixels of the raster are one of the picture that radii are meant for: 0.5 halves them
 * @param signal - ends it between some ten milliseconds and the next
 */
export async function adjust(
  raster: Raster,
  adjustments: readonly Adjustment[],
  scale: number,
  signal?: AbortSignal,
): Promise<Raster> {
  let adjusted = raster
  let together: ComponentAdjustment[] = []
  for (const adjustment of adjustments) {
    signal?.throwIfAborted()
    if (changesComponents(adjustment)) {
      together.push(adjustment)
      continue
    }
    if (together.length > 0)
      adjusted = await applyTables(adjusted, componentTables(together), signal)
    together = []
    adjusted = await adjustOnce(adjusted, adjustment, scale, signal)
  }
  return together.length > 0 ? applyTables(adjusted, componentTables(together), signal) : adjusted
}

function changesComponents(adjustment: Adjustment): adjustment is ComponentAdjustment {
  return ['brightness', 'contrast', 'colorbalance', 'invert'].includes(adjustment.op)
}

function adjustOnce(
  raster: Raster,
  adjustment: Exclude<Adjustment, ComponentAdjustment>,
  scale: number,
  signal: AbortSignal | undefined,
): Promise<Raster> {
  const { op } = adjustment
  if (op === 'saturation') return saturate(raster, adjustment.amount, signal)
  if (op === 'hue') return turnHue(raster, adjustment.degrees, signal)
  if (op === 'colorize') return colorize(raster, adjustment, signal)
  if (op === 'blur') return blur(raster, adjustment.radius * scale, signal)
  if (op === 'noise') return addNoise(raster, adjustment, signal)
  if (op === 'grow') return grow(raster, Math.round(adjustment.radius * scale), signal)
  const { radius, scaled } = adjustment
  return growMask(raster, Math.round(scaled ? radius * scale : radius), signal)
}
