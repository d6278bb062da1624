import type { Plot, Series, ValueAxis } from './read-chart.ts'

/** The values of an axis, from the least to the most. */
export interface Scale {
  readonly least: number
  readonly most: number
  readonly ticks: readonly number[]
}

/** As many steps as an axis has at the most, of itself and as it may be told. */
const USUAL_STEPS = 8
const MOST_STEPS = 50

/** What is left free at the ends of an axis, as a share of the values. */
const ROOM = 0.05

/** Chooses round steps for an axis, which goes to 0 unless all values are far from that. */
function scaleOf(values: readonly number[], axis: ValueAxis): Scale {
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]
  const isFar = low > 0 && high - low < high / 6
  const least = axis.least ?? (isFar ? low : Math.min(0, low))
  const most = Math.max(axis.most ?? Math.max(0, high), least + Math.abs(least) * 1e-6 + 1e-9)
  const room = (most - least) * ROOM
  const isTold = axis.step !== undefined && (most - least) / axis.step <= MOST_STEPS
  const step =
    isTold && axis.step !== undefined ? axis.step : roundStep((most - least) / USUAL_STEPS)
  const from = axis.least ?? (low < 0 || isFar ? Math.floor((least - room) / step) * step : 0)
  const to = axis.most ?? (high > 0 ? Math.ceil((most + room) / step) * step : 0)
  const count = Math.min(MOST_STEPS, Math.max(0, Math.floor((to - from) / step + 1e-6)))
  return {
    least: from,
    most: Math.max(to, from + 1e-9),
    ticks: Array.from({ length: count + 1 }, (_, index) =>
      Number((from + index * step).toPrecision(12)),
    ),
  }
}

/** An axis of shares. */
const WHOLE = { least: 0, most: 1, step: 0.1 }

/** The scale of the values of plots, those that stand on each other together. */
export function valueScale(plots: readonly Plot[], axis: ValueAxis): Scale {
  if (!plots.some(({ stacking }) => stacking === 'percent')) {
    return scaleOf(plots.flatMap(heightsOf), axis)
  }
  const isBelow = plots.some(({ series }) =>
    series.some(({ values }) => values.some((value) => (value ?? 0) < 0)),
  )
  return scaleOf([], { ...axis, ...WHOLE, ...(isBelow && { least: -1, step: 0.2 }) })
}

/** The scale of where points are from left to right. */
export function placeScale(plots: readonly Plot[], axis: ValueAxis): Scale {
  const places = plots.flatMap(({ series }) =>
    series.flatMap((each) => each.values.map((_, index) => placeOf(each, index))),
  )
  return scaleOf(places, axis)
}

/** Where a point is from left to right, which is what number it is unless told. */
export function placeOf({ places }: Pick<Series, 'places'>, index: number): number {
  return places[index] ?? index + 1
}

/** The next larger of 1, 2 and 5 with zeros. */
function roundStep(size: number): number {
  const unit = 10 ** Math.floor(Math.log10(size))
  const factor = [1, 2, 5, 10].find((each) => each * unit >= size * (1 - 1e-9)) ?? 10
  return factor * unit
}

/** The values that a plot reaches, of series that stand on each other together. */
function heightsOf({ series, stacking }: Plot): number[] {
  if (stacking === 'none')
    return series.flatMap(({ values }) => values.filter((value) => value !== undefined))
  const count = Math.max(0, ...series.map(({ values }) => values.length))
  return Array.from({ length: count }, (_, index) => {
    const all = series.map(({ values }) => values[index] ?? 0)
    const sum = (isWanted: (value: number) => boolean): number =>
      all.filter(isWanted).reduce((total, value) => total + value, 0)
    return [sum((value) => value > 0), sum((value) => value < 0)]
  }).flat()
}
