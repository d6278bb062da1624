/** Strokes of each letter on a grid 4 wide and 6 high, the origin at the top left. */
const glyphs: Record<string, string> = {
  A: 'M0 6L2 0L4 6M.8 3.9H3.2',
  B: 'M0 0V6H2.4Q4 6 4 4.4Q4 2.9 2.4 2.9H0M2.4 2.9Q3.6 2.9 3.6 1.4Q3.6 0 2.3 0H0',
  D: 'M0 0V6H1.6Q4 6 4 3Q4 0 1.6 0Z',
  E: 'M4 0H0V6H4M0 3H3',
  H: 'M0 0V6M4 0V6M0 3H4',
  K: 'M0 0V6M4 0L0 3.6M1.4 2.5L4 6',
  L: 'M0 0V6H3.8',
  M: 'M0 6V0L2 3.6L4 0V6',
  N: 'M0 6V0L4 6V0',
  O: 'M2 0Q4 0 4 3Q4 6 2 6Q0 6 0 3Q0 0 2 0Z',
  R: 'M0 6V0H2.4Q4 0 4 1.6Q4 3.2 2.4 3.2H0M2 3.2L4 6',
  S: 'M3.8 .9Q3.2 0 2 0Q.2 0 .2 1.5Q.2 2.7 2 3Q4 3.3 4 4.6Q4 6 2 6Q.5 6 0 5',
  T: 'M0 0H4M2 0V6',
  U: 'M0 0V4Q0 6 2 6Q4 6 4 4V0',
  V: 'M0 0L2 6L4 0',
  Y: 'M0 0L2 3L4 0M2 3V6',
  1: 'M.8 1.3L2.2 0V6M.8 6H3.6',
  2: 'M.1 1.6Q.2 0 2 0Q3.9 0 3.9 1.7Q3.9 2.9 2.4 4L0 6H4',
  7: 'M0 0H4L1.4 6',
  '·': 'M2 3V3.05',
  ' ': '',
}

const ADVANCE = 5.6

/** @returns how wide `text` is when its capitals are `height` high */
export function textWidth(text: string, height: number): number {
  return ((text.length * ADVANCE - (ADVANCE - 4)) * height) / 6
}

/**
 * Writes capitals as strokes, so that they look the same where no font is installed.
 *
 * @param x the left edge
 * @param y the top edge
 * @param up whether the plane's second axis points up rather than down
 */
export function textPaths(
  text: string,
  x: number,
  y: number,
  height: number,
  stroke: string,
  weight = 0.95,
  up = false,
): string {
  const scale = height / 6
  const paths = text.split('').map((letter, index) => {
    const path = glyphs[letter]
    if (path === undefined) throw new Error(`no strokes for the letter ${letter}`)
    return `<path transform="translate(${index * ADVANCE} 0)" d="${path}"/>`
  })
  return `<g transform="translate(${x} ${y}) scale(${scale} ${up ? -scale : scale})" fill="none" stroke="${stroke}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g>`
}
