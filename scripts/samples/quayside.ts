import { textPaths, textWidth } from './glyphs.ts'
import { random } from './noise.ts'
import { lampDistances, QUAY, signBoard } from './quay.ts'
import {
  face,
  fix,
  hang,
  lines,
  type Place,
  project,
  ramp,
  type Scene,
  stand,
  wire,
} from './vectors.ts'

/** A light that glows and is mirrored: where it is and how strong. */
export type Light = { place: Place; r: number; g: number; b: number; size: number }

/** The lights of the harbour that are drawn as points. */
export function harbourLights(): Light[] {
  const posts = lampDistances.map(
    (z): Light => ({
      place: [QUAY.lamps - 0.55, QUAY.lampHeight - 0.2, z],
      r: 1,
      g: 0.68,
      b: 0.33,
      size: 1,
    }),
  )
  const town = townLights().map(
    ({ place, warm }): Light => ({ place, r: 1, g: warm, b: warm * 0.62, size: 0.42 }),
  )
  return [
    ...posts,
    ...town,
    { place: [-50.4, 16.1, 330], r: 1, g: 0.32, b: 0.2, size: 1.3 },
    { place: [-8.4, 12.75, 31], r: 1, g: 0.9, b: 0.7, size: 0.2 },
    { place: [1.3, 7.7, 55], r: 1, g: 0.9, b: 0.7, size: 0.4 },
  ]
}

function townLights(): { place: Place; warm: number }[] {
  const next = random(5)
  return Array.from({ length: 58 }, () => {
    const cluster = next() < 0.55 ? -310 + (next() + next() - 1) * 130 : -700 + next() * 760
    return { place: [cluster, 5 + next() * next() * 34, 1250], warm: 0.55 + next() * 0.35 }
  })
}

/** The gradients of what stands on the quay. */
export const quayPaints: string = [
  ramp(
    'iron',
    [
      [0, '#23262b'],
      [0.35, '#4b4a4d'],
      [0.6, '#2a2c30'],
      [1, '#141619'],
    ],
    true,
  ),
  ramp(
    'tower',
    [
      [0, '#756a74'],
      [0.6, '#c6aea6'],
      [1, '#f2c9a2'],
    ],
    true,
  ),
  ramp('board', [
    [0, '#23383c'],
    [1, '#14262b'],
  ]),
].join('')

/** The breakwater with its light, and the town on the far shore. */
export function farShore(scene: Scene): string {
  const next = random(19)
  const stones: string[] = []
  for (let x = -190; x < -47; x += 1.1) {
    const top = 1.1 + next() * next() * 1.9
    const wide = 1.6 + next() * 2.6
    const tone = Math.round(58 + next() * 30)
    stones.push(
      `<path d="M${fix(x)} -.3L${fix(x + 0.2)} ${fix(top * 0.6)}L${fix(x + wide * 0.4)} ${fix(top)}L${fix(x + wide * 0.9)} ${fix(top * 0.8)}L${fix(x + wide + 0.5)} -.3Z" fill="rgb(${tone + 22},${tone + 6},${tone + 10})"/>`,
    )
  }
  const light = `<path d="M-51.9 2.5L-51.5 14H-49.3L-48.9 2.5Z" fill="url(#tower)"/><path d="M-51.8 5.5h2.9l-.1 -2.9h-2.8ZM-51.6 11h2.5l-.1 -2.6h-2.35Z" fill="#8a3c34"/><path d="M-52 14H-48.8V14.5H-52ZM-51.2 14.5H-49.6V16.9H-51.2ZM-51.5 16.9H-49.3L-50.4 18.1Z" fill="#3a2c30"/><rect x="-51" y="14.9" width="1.2" height="1.7" fill="#ff8d5a"/>`
  const town = townLights()
    .map(({ place, warm }) => {
      const [x, y] = project(scene, place)
      return `<circle cx="${fix(x)}" cy="${fix(y)}" r="1.5" fill="rgb(255,${Math.round(255 * warm + 20)},${Math.round(170 * warm)})" fill-opacity="${fix(warm)}"/>`
    })
    .join('')
  return town + stand(scene, [0, 0, 330], stones.join('') + light)
}

/** Lamp posts along the quay, the far ones first. */
export function lamps(scene: Scene): string {
  return lampDistances
    .toReversed()
    .map((z) => {
      const foot = scene.mirrored ? 3.5 : QUAY.height
      const top = QUAY.lampHeight
      const post = `<path d="M-.07 ${foot}L-.045 ${top - 0.2}H.045L.07 ${foot}Z" fill="url(#iron)"/><path d="M0 ${top - 0.9}Q-.02 ${top + 0.12} -.3 ${top + 0.16}T-.55 ${top + 0.02}" stroke="#2a2b2e" stroke-width=".06" fill="none"/><path d="M0 ${top - 1.1}q-.28 .2 -.3 .75" stroke="#2a2b2e" stroke-width=".03" fill="none"/><path d="M-.06 ${top - 0.2}h.12v.26h-.12Z" fill="#2a2b2e"/><path d="M-.82 ${top - 0.06}Q-.55 ${top + 0.18} -.28 ${top - 0.06}Z" fill="#2a2b2e"/><path d="M-.76 ${top - 0.07}H-.34L-.42 ${top - 0.36}Q-.55 ${top - 0.44} -.68 ${top - 0.36}Z" fill="#fff0c4"/>`
      const base = scene.mirrored
        ? ''
        : `<path d="M-.17 ${foot}H.17L.12 ${foot + 0.5}L.09 ${foot + 0.9}H-.09L-.12 ${foot + 0.5}Z" fill="url(#iron)"/><path d="M-.13 ${foot + 0.5}h.26M-.1 ${foot + 0.9}h.2" stroke="#55504e" stroke-width=".03"/>`
      return stand(scene, [QUAY.lamps, 0, z], post + base)
    })
    .join('')
}

/** The board on the warehouse, and what hangs around it. */
export function sign(scene: Scene): string {
  const { left, right, bottom, top, distance } = signBoard
  const text = 'DARKROOM · HARBOUR 12'
  const height = 0.58
  const start = (left + right - textWidth(text, height)) / 2
  const board = `<rect x="${left}" y="${bottom}" width="${right - left}" height="${top - bottom}" fill="url(#board)"/><rect x="${left + 0.09}" y="${bottom + 0.09}" width="${right - left - 0.18}" height="${top - bottom - 0.18}" fill="none" stroke="#c2a569" stroke-width=".045"/>`
  const arms = [18.5, 21.5, 24.5, 27.5]
    .map(
      (x) =>
        `<path d="M${x} 11.25Q${x} 11.9 ${x - 0.05} 11.78" stroke="#1b1a1c" stroke-width=".07" fill="none"/><path d="M${x - 0.3} 11.55L${x - 0.12} 11.82H${x + 0.12}L${x + 0.3} 11.55Z" fill="#26292b"/><ellipse cx="${x}" cy="11.55" rx=".25" ry=".06" fill="#fff3cf"/>`,
    )
    .join('')
  const middle = (top + bottom) / 2 + height / 2
  return stand(
    scene,
    [0, 0, distance],
    `${board}${textPaths(text, start + 0.03, middle - 0.03, height, '#0c1416', 1.1, true)}${textPaths(text, start, middle, height, '#f6e3b4', 1.0, true)}${arms}`,
  )
}

function bollard(scene: Scene, z: number): string {
  return stand(
    scene,
    [9.55, QUAY.height, z],
    `<ellipse cx=".02" cy="0" rx=".36" ry=".1" fill="#000" fill-opacity=".45"/><path d="M-.2 0H.2L.16 .1Q.11 .26 .15 .36Q.27 .4 .25 .47Q.18 .56 0 .56Q-.18 .56 -.25 .47Q-.27 .4 -.15 .36Q-.11 .26 -.16 .1Z" fill="url(#iron)"/><path d="M-.2 .5Q0 .56 .2 .5" stroke="#8d7a70" stroke-width=".025" fill="none"/><path d="M-.15 .2Q0 .13 .15 .2M-.15 .25Q0 .18 .15 .25M-.15 .15Q0 .08 .15 .15" stroke="#b79c78" stroke-width=".045" fill="none"/>`,
  )
}

function tyre(scene: Scene, z: number): string {
  const [x, y] = project(scene, [QUAY.edge - 0.08, 1.12, z])
  const [, up] = project(scene, [QUAY.edge - 0.08, 1.5, z])
  const [, top] = project(scene, [QUAY.edge - 0.02, 2.1, z])
  const tall = Math.abs(up - y)
  const wide = ((scene.view.focal * QUAY.edge) / (z * z)) * 0.38
  const thick = tall * 0.42
  return `<path d="M${fix(x)} ${fix(up)}L${fix(x + wide * 0.2)} ${fix(top)}" stroke="#2a221d" stroke-width="${fix(tall * 0.07)}"/><ellipse cx="${fix(x + wide * 0.28)}" cy="${fix(y + thick * 0.2)}" rx="${fix(wide)}" ry="${fix(tall)}" fill="none" stroke="#000" stroke-opacity=".4" stroke-width="${fix(thick)}"/><ellipse cx="${fix(x)}" cy="${fix(y)}" rx="${fix(wide)}" ry="${fix(tall)}" fill="none" stroke="#191715" stroke-width="${fix(thick)}"/><ellipse cx="${fix(x - thick * 0.08)}" cy="${fix(y)}" rx="${fix(wide * 1.08)}" ry="${fix(tall * 1.1)}" fill="none" stroke="#453c38" stroke-width="${fix(thick * 0.12)}"/>`
}

function ladder(scene: Scene, z: number): string {
  const x = QUAY.edge - 0.07
  const rail = (at: number) =>
    wire(scene, '#2b2320', 0.06, [
      [x, 0, at],
      [x, 2.42, at],
    ])
  const rungs = Array.from({ length: 8 }, (_, rung) => {
    const y = 0.15 + rung * 0.3
    return wire(scene, '#4b372c', 0.05, [
      [x, y, z],
      [x, y, z + 0.8],
    ])
  })
  return rail(z) + rail(z + 0.8) + rungs.join('')
}

function crate(scene: Scene, x: number, y: number, z: number, size: number, tone: number): string {
  const w = size
  const front = stand(
    scene,
    [x, y, z],
    `<rect width="${w}" height="${fix(w * 0.7)}" fill="rgb(${tone},${Math.round(tone * 0.76)},${Math.round(tone * 0.6)})"/>${lines(
      [
        [0, w * 0.17, w, w * 0.17],
        [0, w * 0.35, w, w * 0.35],
        [0, w * 0.53, w, w * 0.53],
      ],
      0.025,
      '#1d1511',
    )}<path d="M.06 0V${fix(w * 0.7)}M${fix(w - 0.06)} 0V${fix(w * 0.7)}" stroke="rgb(${Math.round(tone * 0.8)},${Math.round(tone * 0.58)},${Math.round(tone * 0.45)})" stroke-width=".1"/><rect width="${w}" height="${fix(w * 0.7)}" fill="none" stroke="#1d1511" stroke-width=".025"/>`,
  )
  const top = y + w * 0.7
  const lid = `rgb(${Math.round(tone * 1.12)},${Math.round(tone * 0.86)},${Math.round(tone * 0.76)})`
  return (
    face(scene, lid, [
      [x, top, z],
      [x + w, top, z],
      [x + w, top, z + w * 0.8],
      [x, top, z + w * 0.8],
    ]) +
    face(
      scene,
      `rgb(${Math.round(tone * 1.3)},${Math.round(tone * 0.92)},${Math.round(tone * 0.68)})`,
      [
        [x, y, z],
        [x, top, z],
        [x, top, z + w * 0.8],
        [x, y, z + w * 0.8],
      ],
    ) +
    front
  )
}

function person(scene: Scene, x: number, z: number, turn: number, coat: string): string {
  return stand(
    scene,
    [x, QUAY.height, z],
    `<g transform="scale(${turn} 1)"><ellipse cx=".1" cy="0" rx=".4" ry=".05" fill="#000" fill-opacity=".4"/><path d="M-.16 0L-.12 .85H.14L.2 0H.08L.02 .7L-.04 0Z" fill="#1b1c22"/><path d="M-.2 .8Q-.24 1.3 -.13 1.45Q0 1.52 .13 1.45Q.26 1.25 .19 .8Z" fill="${coat}"/><path d="M-.17 1.36Q-.28 1.1 -.2 .84M.16 1.36Q.32 1.12 .34 .95" stroke="${coat}" stroke-width=".09" fill="none" stroke-linecap="round"/><circle cx="0" cy="1.62" r=".115" fill="#3d2d28"/><path d="M-.13 1.66Q0 1.82 .13 1.66Z" fill="#1f2029"/></g>`,
  )
}

/** What stands and hangs on the quay, the far things first. */
export function quayGear(scene: Scene): string {
  const tyres = [34, 29, 24.6, 20.6, 17.4].map((z) => tyre(scene, z)).join('')
  const mooring = [
    wire(scene, '#8d7a63', 0.05, hang([9.5, 2.75, 33], [8.6, 1.5, 55], 0.9)),
    wire(scene, '#8d7a63', 0.05, hang([9.5, 2.75, 23], [-2.6, 2.6, 55], 1.6)),
    wire(scene, '#a58f74', 0.035, hang([9.5, 2.7, 15.2], [2.6, 0.55, 18.5], 0.75)),
  ].join('')
  if (scene.mirrored) return ladder(scene, 22) + tyres + mooring
  return [
    person(scene, 21.4, 41, 1, '#1d232e'),
    person(scene, 22.6, 40.4, -1, '#2c1e1c'),
    crate(scene, 13.6, QUAY.height, 31, 1.1, 92),
    crate(scene, 12.9, QUAY.height, 29.6, 1.0, 104),
    crate(scene, 13.2, QUAY.height + 0.7, 29.8, 0.85, 96),
    crate(scene, 14.2, QUAY.height, 29.2, 0.9, 84),
    bollard(scene, 33),
    bollard(scene, 23),
    ladder(scene, 22),
    tyres,
    mooring,
    bollard(scene, 15.2),
  ].join('')
}

/** Gulls over the harbour. */
export function gulls(scene: Scene): string {
  const next = random(31)
  return Array.from({ length: 6 }, (_, index) => {
    const place: Place = [-16 + next() * 26, 18 + next() * 16, 95 + next() * 60]
    const lift = 0.15 + next() * 0.35
    const lean = fix((next() - 0.5) * 30)
    const dark = index % 3 === 0 ? '#4f4a58' : '#2f2b38'
    return stand(
      scene,
      place,
      `<g transform="rotate(${lean})"><path d="M-.75 ${fix(lift * 0.6)}Q-.4 ${fix(lift * 1.5)} 0 0Q.4 ${fix(lift * 1.5)} .75 ${fix(lift * 0.5)}Q.4 ${fix(lift)} .05 -.1Q-.4 ${fix(lift)} -.75 ${fix(lift * 0.6)}Z" fill="${dark}"/><ellipse cx="0" cy="-.03" rx=".09" ry=".1" fill="${dark}"/></g>`,
    )
  }).join('')
}
