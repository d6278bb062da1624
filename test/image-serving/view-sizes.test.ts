import assert from 'node:assert/strict'
import { OperationError } from '../../src/base/operation-error.ts'
import { placeView } from '../../src/engine/layers/place-view.ts'
import { UNLIMITED } from '../../src/image-serving/catalogue.ts'
import { readImageRequest } from '../../src/image-serving/image-request.ts'
import { amountOf, seedOf } from '../support/amounts.ts'

/** Views are computed here once more, with fractions instead of numbers with a point, so that halves are halves. */
class Fraction {
  readonly over: bigint
  readonly under: bigint

  constructor(over: bigint, under = 1n) {
    this.over = over
    this.under = under
  }

  static of(written: number | string): Fraction {
    const [whole = '', behind = ''] = String(written).split('.')
    return new Fraction(BigInt(whole + behind), 10n ** BigInt(behind.length))
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.over * other.over, this.under * other.under)
  }

  by(other: Fraction): Fraction {
    const sign = other.over < 0n ? -1n : 1n
    return new Fraction(this.over * other.under * sign, this.under * other.over * sign)
  }

  isLess(other: Fraction): boolean {
    return this.over * other.under < other.over * this.under
  }

  /** The nearest whole number; halves go up. */
  rounded(): number {
    const [over, under] = [2n * this.over + this.under, 2n * this.under]
    const quotient = over / under
    return Number(over < 0n && quotient * under !== over ? quotient - 1n : quotient)
  }
}

const ONE = Fraction.of(1)

function least(...all: readonly Fraction[]): Fraction {
  return all.reduce((one, other) => (other.isLess(one) ? other : one))
}

function greatest(...all: readonly Fraction[]): Fraction {
  return all.reduce((one, other) => (one.isLess(other) ? other : one))
}

interface Asked {
  readonly size: readonly [width: number, height: number]
  readonly wid?: number
  readonly hei?: number
  readonly scl?: string
  readonly fit?: { readonly mode: string; readonly enlarge: boolean }
  readonly align?: readonly [x: string, y: string]
  readonly rgn?: readonly [x: number, y: number, width: number, height: number]
  readonly rect?: readonly [x: number, y: number, width: number, height: number, scale: string]
  readonly dpr?: string
}

const MOST = 3000
const BY_DEFAULT = 400

/** How long one axis is: what is shown, scaled, and the view around that, or within it. */
interface Axis {
  readonly part: number
  readonly view: number
}

function length(long: number, scale: Fraction): number {
  return Math.max(1, Fraction.of(long).times(scale).rounded())
}

/** Both axes by the pages of wid, hei, scl and fit, before dpr and rect; and whether align counts. */
function fitted({ size, wid, hei, scl, fit, rgn }: Asked): {
  readonly axes: readonly [Axis, Axis]
  readonly aligned: boolean
} {
  const shown = [rgn?.[2] ?? size[0], rgn?.[3] ?? size[1]] as const
  const asked = [wid, hei] as const
  const isBoth = wid !== undefined && hei !== undefined
  const axesOf = (
    scales: readonly [Fraction, Fraction],
    viewOf: (axis: 0 | 1, part: number) => number,
  ): readonly [Axis, Axis] => {
    const [x, y] = [length(shown[0], scales[0]), length(shown[1], scales[1])]
    return [
      { part: x, view: viewOf(0, x) },
      { part: y, view: viewOf(1, y) },
    ]
  }
  if (scl !== undefined) {
    const scale = ONE.by(Fraction.of(scl))
    return { axes: axesOf([scale, scale], (axis, part) => asked[axis] ?? part), aligned: isBoth }
  }
  const ratio = (axis: 0 | 1): Fraction =>
    Fraction.of(asked[axis] ?? BY_DEFAULT).by(Fraction.of(shown[axis]))
  const limited = (scale: Fraction): Fraction => (fit?.enlarge ? scale : least(ONE, scale))
  if (isBoth) {
    const [x, y] = [ratio(0), ratio(1)]
    const scales: Readonly<Record<string, readonly [Fraction, Fraction]>> = {
      fit: [least(x, y), least(x, y)],
      constrain: [least(x, y), least(x, y)],
      crop: [greatest(x, y), greatest(x, y)],
      wrap: [greatest(x, y), greatest(x, y)],
      stretch: [x, y],
      hfit: [x, x],
      vfit: [y, y],
    }
    const mode = fit?.mode ?? 'fit'
    const [across, down] = scales[mode] ?? [ONE, ONE]
    const viewOf = (axis: 0 | 1, part: number): number => {
      const box = asked[axis] ?? part
      if (mode === 'constrain') return part
      return mode === 'wrap' ? Math.max(part, box) : box
    }
    const aligned = mode !== 'constrain' && mode !== 'stretch'
    return { axes: axesOf([limited(across), limited(down)], viewOf), aligned }
  }
  if (wid === undefined && hei === undefined) {
    const scale = least(ONE, ratio(0), ratio(1))
    return { axes: axesOf([scale, scale], (_, part) => part), aligned: false }
  }
  const scale = ratio(wid === undefined ? 1 : 0)
  const viewOf = (axis: 0 | 1, part: number): number =>
    fit?.mode === 'constrain' ? part : length(shown[axis], scale)
  return { axes: axesOf([limited(scale), limited(scale)], viewOf), aligned: false }
}

/** What the request shows, in words. */
function expected(asked: Asked): string {
  const { size, rgn, rect, align } = asked
  const { axes, aligned } = fitted(asked)
  const wanted = Fraction.of(asked.dpr ?? '1')
  const [across, down] = axes
  const room = [across, down].map(({ view }) => Fraction.of(MOST).by(Fraction.of(view)))
  const density = ONE.isLess(wanted) ? greatest(ONE, least(wanted, ...room)) : wanted
  const scale = density.times(Fraction.of(rect?.[4] ?? '1'))
  const placed = ([0, 1] as const).map((axis) => {
    const [part, view] = [length(axes[axis].part, scale), length(axes[axis].view, scale)]
    const shown = rgn?.[axis === 0 ? 2 : 3] ?? size[axis]
    const grown = Fraction.of(part).by(Fraction.of(shown))
    const share = Fraction.of(aligned ? (align?.[axis] ?? '0') : '0')
    const half = new Fraction(share.over + share.under, share.under * 2n)
    const before = Fraction.of(view - part)
      .times(half)
      .rounded()
    const start =
      Fraction.of(rgn?.[axis] ?? 0)
        .times(grown)
        .rounded() - before
    return {
      at: start + (rect?.[axis] ?? 0),
      long: rect?.[axis === 0 ? 2 : 3] ?? view,
      all: length(size[axis], grown),
    }
  })
  if (placed.some(({ long }) => long > MOST)) return 'too large'
  return placed.map(({ at, long, all }) => `${long} from ${at} of ${all}`).join(', ')
}

function queryOf({ wid, hei, scl, fit, align, rgn, rect, dpr }: Asked): string {
  return Object.entries({
    wid,
    hei,
    scl,
    fit: fit && `${fit.mode},${fit.enlarge ? 1 : 0}`,
    align,
    rgn,
    rect,
    dpr: dpr && `on,${dpr}`,
  })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${String(value)}`]))
    .join('&')
}

const CATALOGUE = {
  find: (object: string) => ({ object }),
  findMacro: () => undefined,
  attributes: {
    ...UNLIMITED,
    maxPix: { width: MOST, height: MOST },
    defaultPix: { width: BY_DEFAULT, height: BY_DEFAULT },
  },
}

/** What is really shown, in the same words. */
function planned(asked: Asked): string {
  const { composition } = readImageRequest({ object: 'a', query: queryOf(asked) }, CATALOGUE)
  const [width, height] = asked.size
  try {
    const { window, scaled } = placeView({ width, height }, composition.view)
    const across = `${window.width} from ${window.x} of ${scaled.width}`
    return `${across}, ${window.height} from ${window.y} of ${scaled.height}`
  } catch (error) {
    if (error instanceof OperationError && error.code === 'view_too_large') return 'too large'
    throw error
  }
}

/** Requests by chance. */
function createRequests(seed: number): () => Asked {
  let state = seed >>> 0
  const below = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
  const one = <T>(all: readonly [T, ...T[]]): T => all[below(all.length)] ?? all[0]
  const long = (): number => 1 + below(one([4, 40, 400, 2000, 4000]))
  const maybe = <T>(part: number, value: () => T): T | undefined =>
    below(100) < part ? value() : undefined
  const offset = (): number => below(800) - 200
  const share = (): string => one(['-1', '-0.5', '0', '0.25', '1'])
  const scale = (): string => one(['1', '1', '2', '0.5'])
  return () => {
    const [wid, hei, scl] = [
      maybe(60, long),
      maybe(60, long),
      maybe(15, () => one(['1', '2', '3', '7', '1.5', '0.8', '2.25'])),
    ]
    const hasSize = wid !== undefined || hei !== undefined || scl !== undefined
    const fit = maybe(hasSize ? 60 : 0, () => ({
      mode: one(['fit', 'constrain', 'crop', 'wrap', 'stretch', 'hfit', 'vfit']),
      enlarge: below(2) === 1,
    }))
    const align = maybe(40, () => [share(), share()] as const)
    const rgn = maybe(30, () => [offset(), offset(), long(), long()] as const)
    const rect = maybe(20, () => [offset(), offset(), long(), long(), scale()] as const)
    const dpr = maybe(30, () => one(['1', '1.5', '2', '3', '0.75']))
    return {
      size: [long(), long()],
      ...(wid === undefined ? {} : { wid }),
      ...(hei === undefined ? {} : { hei }),
      ...(scl === undefined ? {} : { scl }),
      ...(fit === undefined ? {} : { fit }),
      ...(align === undefined ? {} : { align }),
      ...(rgn === undefined ? {} : { rgn }),
      ...(rect === undefined ? {} : { rect }),
      ...(dpr === undefined ? {} : { dpr }),
    }
  }
}

describe('the size and the place of a view', () => {
  it('are those that the pages of its commands come to, computed with fractions', () => {
    const next = createRequests(seedOf(16))
    const amount = amountOf({ thoroughly: 100_000, usually: 3000 })
    const seen = new Set<string>()
    for (let count = 0; count < amount; count += 1) {
      const asked = next()
      const right = expected(asked)
      seen.add(right)
      assert.equal(planned(asked), right, `${asked.size.join(' × ')} ?${queryOf(asked)}`)
    }
    assert.ok(seen.size > amount / 2, 'most of them are different')
  })
})
