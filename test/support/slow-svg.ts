/** How many units an SVG of {@link slowSvg} is wide and high; librsvg draws it at 400 pixels unless told otherwise. */
const SIDE = 2000

/**
 * Makes an SVG that takes librsvg long for its size: each of its rectangles is 60 bytes, and clouds of noise in all of its
 * pixels, some tenths of a second.
 */
export function slowSvg(rectangles: number): string {
  const rectangle = `<rect width="${SIDE}" height="${SIDE}" filter="url(#f)"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}"><filter id="f" x="0" y="0" width="1" height="1"><feTurbulence numOctaves="500" baseFrequency="0.05"/></filter>${rectangle.repeat(rectangles)}</svg>`
}
