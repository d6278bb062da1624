import { apply, compose, growth, IDENTITY, type Matrix, type Point } from './matrix.ts'
import {
  BLACK_PEN,
  type Brush,
  type ColourRef,
  type Font,
  type Pen,
  USUAL_FONT,
  WHITE_BRUSH,
} from './tools.ts'

/** What records set and others go by ([MS-EMF], 3.1.1.2). */
export interface State {
  mapMode: number
  windowOrigin: Point
  windowExtent: Point
  viewportOrigin: Point
  viewportExtent: Point
  /** From the world to the page, in files of 32 bits. */
  world: Matrix
  pen: Pen
  brush: Brush
  font: Font
  textColour: ColourRef
  backColour: ColourRef
  isOpaque: boolean
  textAlign: number
  fillsWinding: boolean
  rasterOperation: number
  miterLimit: number
  isClockwise: boolean
  position: Point
  /** The name of what is drawn within; undefined for everything. */
  clip: string | undefined
}

/** How a file says that both directions have a scale of their own, or that both have the same. */
const ISOTROPIC = 7
const ANISOTROPIC = 8

/** How many units of a device an inch has, and how many of each of the modes that count lengths ([MS-WMF], 2.1.1.16). */
const DEVICE_UNITS_PER_INCH = 96
const UNITS_PER_INCH: Readonly<Record<number, number>> = {
  2: 254,
  3: 2540,
  4: 100,
  5: 1000,
  6: 1440,
}

/** What there is before the first record. */
export function initialState(): State {
  return {
    mapMode: 1,
    windowOrigin: { x: 0, y: 0 },
    windowExtent: { x: 1, y: 1 },
    viewportOrigin: { x: 0, y: 0 },
    viewportExtent: { x: 1, y: 1 },
    world: IDENTITY,
    pen: BLACK_PEN,
    brush: WHITE_BRUSH,
    font: USUAL_FONT,
    textColour: 0,
    backColour: 0xff_ffff,
    isOpaque: true,
    textAlign: 0,
    fillsWinding: false,
    rasterOperation: 13,
    miterLimit: 10,
    isClockwise: false,
    position: { x: 0, y: 0 },
    clip: undefined,
  }
}

/** How logical units become those of the device. */
export function deviceMatrix(state: State): Matrix {
  return compose(state.world, pageMatrix(state))
}

function pageMatrix({
  mapMode,
  windowOrigin,
  windowExtent,
  viewportOrigin,
  viewportExtent,
}: State): Matrix {
  let [x, y] = [1, 1]
  const perInch = UNITS_PER_INCH[mapMode]
  if (perInch !== undefined) {
    // In those, y grows upwards.
    ;[x, y] = [DEVICE_UNITS_PER_INCH / perInch, -DEVICE_UNITS_PER_INCH / perInch]
  } else if (mapMode === ISOTROPIC || mapMode === ANISOTROPIC) {
    x = viewportExtent.x / (windowExtent.x || 1)
    y = viewportExtent.y / (windowExtent.y || 1)
    if (mapMode === ISOTROPIC) {
      const both = Math.min(Math.abs(x), Math.abs(y))
      ;[x, y] = [Math.sign(x) * both, Math.sign(y) * both]
    }
  }
  return {
    a: x,
    b: 0,
    c: 0,
    d: y,
    e: viewportOrigin.x - windowOrigin.x * x,
    f: viewportOrigin.y - windowOrigin.y * y,
  }
}

/** Where a point is on the device. */
export function toDevice(state: State, point: Point): Point {
  return apply(deviceMatrix(state), point)
}

/** How long a length is on the device, in the mean of all directions. */
export function lengthOnDevice(state: State, length: number): number {
  return Math.abs(length) * growth(deviceMatrix(state))
}
