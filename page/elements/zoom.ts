/** Width and height. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}

/** A place in the stage, in CSS pixels from its upper left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** How a picture is seen: enlarged, with its upper left corner somewhere. */
export interface PictureView extends Point {
  /** Pixels of the screen for one of the picture. */
  readonly ratio: number
}

/** Where a picture is seen, and on what screen. */
export interface Stage extends PixelSize {
  /** Pixels of the screen for one of CSS, as `devicePixelRatio` has it. */
  readonly density: number
}

/** How far a picture can be enlarged. */
export const LARGEST_RATIO = 8

const STEPS = [
  1 / 32,
  1 / 16,
  1 / 12,
  1 / 8,
  1 / 6,
  1 / 4,
  1 / 3,
  1 / 2,
  2 / 3,
  1,
  1.5,
  2,
  3,
  4,
  6,
  8,
]

/**
 * The ratio at which all of a picture is seen.
 *
 * @param largest - it is not enlarged beyond that
 */
export function fittingRatio(picture: PixelSize, stage: Stage, largest: number): number {
  const { width, height, density } = stage
  return Math.min((width * density) / picture.width, (height * density) / picture.height, largest)
}

/**
 * Moves a view to where it can be: a picture smaller than the stage is in its middle, another one fills it, and its pixels
 * begin where those of the screen do.
 */
export function placeView(
  { ratio, x, y }: PictureView,
  picture: PixelSize,
  stage: Stage,
): PictureView {
  const place = (at: number, length: number, room: number): number => {
    const shown = (length * ratio) / stage.density
    const placed = shown <= room ? (room - shown) / 2 : Math.min(0, Math.max(room - shown, at))
    return Math.round(placed * stage.density) / stage.density
  }
  return {
    ratio,
    x: place(x, picture.width, stage.width),
    y: place(y, picture.height, stage.height),
  }
}

/** Enlarges a view, so that what is at a place of the stage stays there. */
export function zoomView(view: PictureView, ratio: number, { x, y }: Point): PictureView {
  const factor = ratio / view.ratio
  return { ratio, x: x - (x - view.x) * factor, y: y - (y - view.y) * factor }
}

/** The next larger or smaller usual ratio, which is not smaller than the one that fits. */
export function nextRatio(ratio: number, direction: 'in' | 'out', fitting: number): number {
  // A ratio that is nearly a step is not followed by that step.
  const next =
    direction === 'in'
      ? STEPS.find((step) => step > ratio * 1.01)
      : STEPS.findLast((step) => step < ratio / 1.01)
  return limitRatio(next ?? ratio, fitting)
}

/** The nearest ratio that can be had. */
export function limitRatio(ratio: number, fitting: number): number {
  return Math.min(LARGEST_RATIO, Math.max(Math.min(fitting, 1), ratio))
}

/** Whether two pictures have the same shape, but for what rounding makes of it. */
export function haveSameShape(one: PixelSize, other: PixelSize): boolean {
  const smallest = Math.min(one.width, one.height, other.width, other.height)
  const difference = Math.log((one.width * other.height) / (one.height * other.width))
  return Math.abs(difference) <= 1.5 / smallest
}
