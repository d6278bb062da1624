import type { View } from './sky.ts'

/** Metres in the world: to the right, up from the water, away from the camera. */
export type Place = readonly [x: number, y: number, z: number]

/** Something to draw: in the picture, or, mirrored, in the water. */
export type Scene = { view: View; mirrored: boolean }

/** @returns where a place is in the scene's plane */
export function project(scene: Scene, place: Place): [x: number, y: number] {
  const { view } = scene
  const [x, y, z] = place
  const height = scene.mirrored ? view.eye + y : view.eye - y
  return [view.centre + (view.focal * x) / z, view.horizon + (view.focal * height) / z]
}

/** @returns `content`, which is in metres with y up, standing upright at a place */
export function stand(scene: Scene, place: Place, content: string): string {
  const [x, y] = project(scene, place)
  const scale = scene.view.focal / place[2]
  return `<g transform="translate(${fix(x)} ${fix(y)}) scale(${fix(scale)} ${fix(scene.mirrored ? scale : -scale)})">${content}</g>`
}

/** @returns the data of a path through places */
export function trace(scene: Scene, places: readonly Place[]): string {
  return `M${places.map((place) => project(scene, place).map(fix).join(' ')).join('L')}`
}

/** @returns a filled face */
export function face(scene: Scene, fill: string, places: readonly Place[]): string {
  return `<path d="${trace(scene, places)}Z" fill="${fill}"/>`
}

/** @returns a line as thick as it looks from its distance */
export function wire(
  scene: Scene,
  stroke: string,
  metres: number,
  places: readonly Place[],
  opacity = 1,
): string {
  const distance = places.reduce((sum, place) => sum + place[2], 0) / places.length
  const width = Math.max((metres * scene.view.focal) / distance, 0.5)
  return `<path d="${trace(scene, places)}" fill="none" stroke="${stroke}" stroke-width="${fix(width)}" stroke-linecap="round" stroke-opacity="${opacity}"/>`
}

/** @returns places along a rope that hangs between two ends */
export function hang(from: Place, to: Place, sag: number): Place[] {
  return Array.from({ length: 25 }, (_, index) => {
    const t = index / 24
    return [
      from[0] + (to[0] - from[0]) * t,
      from[1] + (to[1] - from[1]) * t - sag * 4 * t * (1 - t),
      1 / (1 / from[2] + (1 / to[2] - 1 / from[2]) * t),
    ]
  })
}

/** @returns lines of the standing rigging, `points` being pairs of ends in metres */
export function lines(
  points: readonly (readonly [number, number, number, number])[],
  width: number,
  stroke: string,
  opacity = 1,
): string {
  const d = points.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`).join('')
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-opacity="${opacity}"/>`
}

/** @returns a spar that gets thinner to the top, its two sides in different light */
export function spar(
  x: number,
  bottom: number,
  top: number,
  width: number,
  shade: string,
  lit: string,
): string {
  const half = width / 2
  return `<path d="M${x - half} ${bottom}L${x + half} ${bottom}L${x + half * 0.55} ${top}L${x - half * 0.55} ${top}Z" fill="${shade}"/><path d="M${x + half * 0.2} ${bottom}L${x + half} ${bottom}L${x + half * 0.55} ${top}L${x + half * 0.1} ${top}Z" fill="${lit}"/>`
}

/** @returns a linear gradient from the top of what it fills to the bottom, for planes with y up */
export function ramp(id: string, stops: readonly (readonly [number, string])[], across = false) {
  const list = stops.map(([at, colour]) => `<stop offset="${at}" stop-color="${colour}"/>`)
  const ends = across ? 'x1="0" y1="0" x2="1" y2="0"' : 'x1="0" y1="1" x2="0" y2="0"'
  return `<linearGradient id="${id}" ${ends}>${list.join('')}</linearGradient>`
}

/** @returns a number as short as a drawing needs it */
export function fix(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
