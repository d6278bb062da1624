import { textPaths } from './glyphs.ts'
import { random } from './noise.ts'
import { fix, lines, type Place, ramp, type Scene, spar, stand } from './vectors.ts'

const rope = '#211d24'
const KETCH: Place = [-7.1, 0, 31]
const TRAWLER: Place = [3, 0, 55]

/** The gradients that the boats are filled with. */
export const boatPaints: string = [
  ramp('ketch', [
    [0, '#3a4a58'],
    [0.3, '#1d2a38'],
    [0.8, '#121b27'],
    [1, '#2c3038'],
  ]),
  ramp('deck', [
    [0, '#b08f7e'],
    [1, '#6d5850'],
  ]),
  ramp('cabin', [
    [0, '#c9b3a6'],
    [0.25, '#a3979c'],
    [1, '#77727e'],
  ]),
  ramp('canvas', [
    [0, '#e0c3ac'],
    [0.45, '#a4949a'],
    [1, '#69636f'],
  ]),
  ramp('cover', [
    [0, '#8a7268'],
    [0.3, '#3f4a5c'],
    [1, '#202834'],
  ]),
  '<linearGradient id="sheen"><stop offset="0" stop-color="#0a1020" stop-opacity=".55"/><stop offset=".45" stop-color="#0a1020" stop-opacity=".12"/><stop offset=".75" stop-color="#ffb27a" stop-opacity=".06"/><stop offset="1" stop-color="#ffb27a" stop-opacity=".34"/></linearGradient><radialGradient id="contact"><stop offset=".5" stop-color="#04080e" stop-opacity=".75"/><stop offset="1" stop-color="#04080e" stop-opacity="0"/></radialGradient><filter id="soft" x="-.2" y="-.2" width="1.4" height="1.4"><feGaussianBlur stdDeviation=".09"/></filter>',
  ramp(
    'russet',
    [
      [0, '#6e3a30'],
      [0.45, '#9c5540'],
      [0.8, '#8a4738'],
      [1, '#c07450'],
    ],
    true,
  ),
  ramp('trawler', [
    [0, '#8a3a35'],
    [0.35, '#6b2527'],
    [0.75, '#45171d'],
    [1, '#2a1218'],
  ]),
  ramp('wheelhouse', [
    [0, '#cbb9ae'],
    [0.4, '#a9a0a4'],
    [1, '#7e7a85'],
  ]),
  ramp('dinghy', [
    [0, '#9fa8ad'],
    [0.3, '#6f7d88'],
    [1, '#38444f'],
  ]),
  ramp('inside', [
    [0, '#4a3a30'],
    [1, '#8c7058'],
  ]),
  ramp('yacht', [
    [0, '#aaa3ad'],
    [0.5, '#7b7886'],
    [1, '#484855'],
  ]),
].join('')

/** What the water right under a hull mirrors of it: the waves are too small there to break it up. */
function underside(hull: string): string {
  return `<g transform="scale(1 -.42)" opacity=".45" filter="url(#soft)">${hull}</g>`
}

/** The dark of the water under a hull. */
function contact(x: number, wide: number, deep: number): string {
  return `<ellipse cx="${x}" cy="-.05" rx="${wide}" ry="${deep}" fill="url(#contact)"/>`
}

/** A two-masted sailing boat, bow to the left, seen a little from above. */
export function ketch(scene: Scene): string {
  const above = !scene.mirrored
  const deck = `<path d="M5.2 1.05C3 .82 -1 .72 -5.4 1.55C-2.5 1.72 2.5 1.55 5.05 1.42Z" fill="url(#deck)"/><path d="M5.1 1.15C3 1 -1 .95 -5 1.53M5.1 1.25C3 1.15 -1 1.14 -4.6 1.55M5.1 1.35C3 1.3 -1 1.33 -4 1.57" stroke="#4d3d39" stroke-width=".012" fill="none" stroke-opacity=".7"/><path d="M-5.4 1.55C-2.5 1.75 2.5 1.58 5.05 1.45" stroke="#d9b79c" stroke-width=".05" fill="none"/>`
  const hull = `<path d="M5.2 1.05C3 .82 -1 .72 -5.4 1.55Q-4.9 .6 -4.25 -.04L4.55 -.04Q5 .4 5.2 1.05Z" fill="url(#ketch)"/><path d="M5.2 1.05C3 .82 -1 .72 -5.4 1.55Q-4.9 .6 -4.25 -.04L4.55 -.04Q5 .4 5.2 1.05Z" fill="url(#sheen)"/><path d="M4.7 .1L-4.4 .13" stroke="#7c3a34" stroke-width=".13"/><path d="M4.52 0L-4.2 0" stroke="#0c0f12" stroke-width=".1"/><path d="M5.15 .96C3 .73 -1 .63 -5.33 1.44" stroke="#c8a98f" stroke-width=".045" fill="none"/><path d="M5.2 1.05C3 .82 -1 .72 -5.4 1.55" stroke="#7b5a47" stroke-width=".07" fill="none"/>${Array.from({ length: 5 }, (_, row) => `<path d="M5.1 ${fix(0.85 - row * 0.13)}C3 ${fix(0.63 - row * 0.12)} -1 ${fix(0.54 - row * 0.1)} ${fix(-5.2 + row * 0.16)} ${fix(1.3 - row * 0.2)}" stroke="#000" stroke-opacity=".28" stroke-width=".012" fill="none"/>`).join('')}`
  const cabin = `<path d="M-1.9 1.06L-1.6 1.62Q.2 1.72 2.3 1.56L2.35 .98Q0 .92 -1.9 1.06Z" fill="url(#cabin)"/><path d="M-1.72 1.62Q.2 1.76 2.42 1.58L2.3 ${above ? 1.86 : 1.62}Q.2 ${above ? 2.0 : 1.8} -1.5 ${above ? 1.84 : 1.66}Z" fill="#b79f90"/>${[-1.1, -0.35, 0.4, 1.15].map((x) => `<rect x="${x}" y="1.2" width=".48" height=".2" rx=".09" fill="#2a2225"/><rect x="${x + 0.03}" y="1.225" width=".42" height=".15" rx=".07" fill="#ffcf78"/><path d="M${x + 0.24} 1.22v.16" stroke="#7c4a20" stroke-width=".025"/>`).join('')}<rect x="-.5" y="1.75" width=".8" height=".14" fill="#6b4a3a"/><path d="M2.5 1V1.5H3.4V.95" fill="#4d3a33"/>`
  const masts =
    spar(-1.3, 1.4, 12.6, 0.2, '#4a3329', '#c78d62') + spar(3.7, 1, 8.4, 0.15, '#4a3329', '#c78d62')
  const shrouds: [number, number, number, number][] = [
    [-1.3, 12.3, -2.3, 1.05],
    [-1.3, 12.3, -0.4, 0.98],
    [-1.3, 9.4, -1.8, 1.0],
    [-1.3, 9.4, -0.85, 0.98],
    [3.7, 8.2, 3.0, 0.98],
    [3.7, 8.2, 4.4, 1.02],
    [-1.3, 12.5, -6.9, 2.0],
    [-1.3, 10.2, -5.4, 1.6],
    [-1.3, 12.5, 3.7, 8.3],
    [3.7, 8.3, 5.2, 1.1],
    [-1.3, 12.4, 2.9, 3.1],
    [-1.25, 9.1, 2.4, 2.9],
    [-6.9, 2, -5.1, 0.5],
  ]
  const ratlines: [number, number, number, number][] = Array.from({ length: 17 }, (_, row) => {
    const y = 1.5 + row * 0.42
    const t = (y - 1) / 11.3
    return [-2.3 + t, y, -1.8 + (t * 0.5 * 11.3) / 8.4, y]
  })
  const furled = `<path d="M-1.15 2.75L3.1 2.9" stroke="#5d4233" stroke-width=".13"/><path d="M-1.1 2.85Q-1.2 3.35 -.6 3.3Q0 3.42 .5 3.24Q1 3.36 1.5 3.2Q2.1 3.25 2.5 3.1Q2.9 3.08 3 2.92Q1 2.72 -1.1 2.8Z" fill="url(#cover)"/>${[-0.7, -0.1, 0.5, 1.1, 1.7, 2.3].map((x) => `<path d="M${x} 2.8q.08 .25 .03 .48" stroke="#4e4548" stroke-width=".03" fill="none"/>`).join('')}<path d="M-.9 3.1Q.6 2.95 2.6 3M-.8 3.2Q.4 3.1 1.8 3.12" stroke="#5f565d" stroke-opacity=".6" stroke-width=".03" fill="none"/>`
  const jib = `<path d="M-6.8 2.1Q-6 2.5 -4.9 1.75L-5 1.62Q-6 1.85 -6.8 2.02Z" fill="url(#canvas)"/><path d="M-6.3 2.25L-6.2 1.95M-5.8 2.25L-5.7 1.85M-5.3 2.05L-5.25 1.72" stroke="#4e4548" stroke-width=".03"/>`
  const mizzen = `<path d="M3.78 2.3L3.76 7.9Q4.5 5.4 6.6 2.55Q5.2 2.15 3.78 2.3Z" fill="url(#russet)"/>${Array.from({ length: 9 }, (_, row) => `<path d="M3.8 ${fix(2.85 + row * 0.52)}Q4.5 ${fix(2.78 + row * 0.5)} ${fix(6.25 - row * 0.3)} ${fix(3 + row * 0.5)}" stroke="#3f1d19" stroke-opacity=".5" stroke-width=".018" fill="none"/>`).join('')}<g filter="url(#soft)"><path d="M4.1 2.4Q4.4 4.5 3.95 6.5Q4.9 4.4 5.2 2.6Z" fill="#f0a068" fill-opacity=".3"/><path d="M5.3 2.6Q5.1 4 4.5 5.2Q5.4 4 5.8 2.8Z" fill="#2a0f10" fill-opacity=".35"/><path d="M3.8 2.4L3.8 7.5L4 6.2Q4.1 4 4 2.4Z" fill="#2a0f10" fill-opacity=".45"/></g><path d="M3.7 2.15L6.7 2.45" stroke="#5d4233" stroke-width=".1"/>`
  const fittings = `<path d="M-4.7 1.6L-7 2.02" stroke="#5d4233" stroke-width=".13"/><path d="M-2.3 7.2L-.3 7.2M-1.9 10.2L-.7 10.2" stroke="#5d4233" stroke-width=".06"/><circle cx="-1.3" cy="12.75" r=".07" fill="#fff4d6"/><path d="M-1.3 12.6V13.3" stroke="${rope}" stroke-width=".025"/><path d="M-1.3 13.25q.25 -.12 .5 -.02q.2 .06 .42 -.06v-.22q-.3 .08 -.45 0q-.22 -.1 -.47 .06Z" fill="#b9463a"/><circle cx="2.75" cy="1.52" r=".21" fill="none" stroke="#d5794a" stroke-width=".1"/><path d="M5.1 1.1L5.5 2.5" stroke="#5d4233" stroke-width=".05"/><path d="M5.42 2.45q.5 -.25 .95 -.15l-.1 -.62q-.4 -.08 -.98 .2Z" fill="#7d2f35"/>`
  const rails = Array.from({ length: 12 }, (_, post) => {
    const x = -4.6 + post * 0.84
    const base = 0.82 + 0.025 * (x - 1) ** 2 * (x < 1 ? 0.8 : 0.7)
    return `<path d="M${fix(x)} ${fix(base)}v.58" stroke="#8d7f80" stroke-width=".025"/>`
  }).join('')
  const lifelines = `<path d="M-4.6 2.0Q0 1.1 4.7 1.62M-4.6 1.72Q0 .86 4.7 1.36" stroke="#5b5158" stroke-width=".014" fill="none"/>`
  const fenders = [-2.6, 0.2, 3]
    .map(
      (x) =>
        `<path d="M${x} .8v-.3" stroke="#ccb" stroke-width=".02"/><rect x="${x - 0.1}" y=".12" width=".2" height=".42" rx=".1" fill="#8f8b93"/><rect x="${x + 0.02}" y=".14" width=".07" height=".38" rx=".04" fill="#c9b3a8"/>`,
    )
    .join('')
  return stand(
    scene,
    KETCH,
    `${above ? underside(hull) + contact(0.1, 5.2, 0.42) : ''}${lines(shrouds.slice(6), 0.02, rope, 0.9)}${above ? deck : ''}${cabin}${masts}${jib}${furled}${mizzen}${fittings}${hull}${fenders}${rails}${lifelines}${lines(shrouds.slice(0, 6), 0.022, rope, 0.95)}${lines(ratlines, 0.016, rope, 0.85)}${textPaths('MARELLA', 3.1, 0.72, 0.17, '#d6bd9c', 0.9, true)}`,
  )
}

/** A fishing boat with its wheelhouse aft, bow to the left. */
export function trawler(scene: Scene): string {
  const above = !scene.mirrored
  const deck = `<path d="M5.8 1.5C3 1.1 -1.5 1.2 -6 2.9C-2.5 2.4 2 1.75 5.6 1.9Z" fill="#6c5a52"/><path d="M-6 2.9C-2.5 2.5 2 1.8 5.6 1.95" stroke="#caa188" stroke-width=".07" fill="none"/>`
  const hull = `<path d="M5.8 1.5C3 1.1 -1.5 1.2 -6 2.9Q-5.4 1.2 -4.7 -.05L5.1 -.05Q5.6 .7 5.8 1.5Z" fill="url(#trawler)"/><path d="M5.8 1.5C3 1.1 -1.5 1.2 -6 2.9Q-5.4 1.2 -4.7 -.05L5.1 -.05Q5.6 .7 5.8 1.5Z" fill="url(#sheen)"/><path d="M5.1 .08L-4.72 .12" stroke="#14110f" stroke-width=".32"/><path d="M5.75 1.3C3 .92 -1.5 1.0 -5.85 2.62" stroke="#d9c2a4" stroke-width=".07" fill="none"/><path d="M5.8 1.5C3 1.1 -1.5 1.2 -6 2.9" stroke="#3a2a28" stroke-width=".12" fill="none"/><path d="M5.4 .75C3 .55 -1 .5 -5.2 1.3" stroke="#2b0d12" stroke-opacity=".8" stroke-width=".05" fill="none"/><path d="M-3.2 .9q.1 -.5 .05 -.8M1.3 .9q.06 -.3 0 -.7M3.4 .9q.1 -.4 .03 -.7M-4.2 1.2q.1 -.5 0 -.9" stroke="#a5552c" stroke-opacity=".55" stroke-width=".08" fill="none"/><ellipse cx="-4.65" cy="1.55" rx=".1" ry=".14" fill="#120c0c"/><path d="M-4.65 1.5v-.75m-.25 .15q.25 -.3 .5 0" stroke="#1c1517" stroke-width=".08" fill="none"/>`
  const house = `<path d="M1.4 1.35L1.25 3.9H4.5L4.7 1.4Z" fill="url(#wheelhouse)"/><path d="M1.05 3.86L4.7 3.86L4.6 4.12L1.1 4.12Z" fill="#8a5a4a"/><path d="M1.05 4.12L4.65 4.12L4.4 ${above ? 4.3 : 4.16}L1.4 ${above ? 4.3 : 4.16}Z" fill="#c7a48c"/>${[1.45, 2.2, 2.95, 3.7].map((x) => `<rect x="${x}" y="2.95" width=".6" height=".66" rx=".06" fill="#241f22"/><rect x="${x + 0.05}" y="3" width=".5" height=".56" rx=".04" fill="#ffc566"/><rect x="${x + 0.05}" y="3" width=".5" height=".2" fill="#b3682a" fill-opacity=".8"/>`).join('')}<rect x="3.6" y="1.4" width=".62" height="1.35" fill="#5d4438"/><circle cx="2.6" cy="2.2" r=".28" fill="none" stroke="#cf6a3c" stroke-width=".12"/><path d="M1.6 1.4v1.1M2 1.5v.9M4.45 1.4v1.2" stroke="#80604e" stroke-opacity=".5" stroke-width=".05"/>`
  const masts = `${spar(-1.7, 1.4, 7.6, 0.2, '#3c3236', '#a87a5c')}${spar(3.1, 4.1, 7.2, 0.13, '#3c3236', '#a87a5c')}<path d="M-1.6 2.2L1 5.4M-1.8 2.4L-4.4 4.9" stroke="#4a3b3a" stroke-width=".12"/><path d="M2.7 6.4h.9M2.85 5.8h.5" stroke="#4a3b3a" stroke-width=".07"/><path d="M2.95 7.1L2.7 7.5M3.3 7.1v.6" stroke="${rope}" stroke-width=".03"/><rect x="2.75" y="4.3" width=".7" height=".16" rx=".08" fill="#d8cfc6"/><circle cx="-1.7" cy="7.7" r=".1" fill="#fff1cf"/><circle cx="-1.45" cy="5.9" r=".09" fill="#ffe0a0"/><circle cx="1.15" cy="3.7" r=".08" fill="#ff6a5a"/>`
  const rigging = lines(
    [
      [-1.7, 7.5, -5.8, 2.9],
      [-1.7, 7.5, 3.1, 7.0],
      [3.1, 7, 5.7, 1.6],
      [-1.7, 6.8, 1, 5.4],
      [-1.7, 6.8, -4.4, 4.9],
      [1, 5.4, 0.6, 1.6],
      [-4.4, 4.9, -4.2, 2.3],
      [-1.7, 7.2, -2.6, 1.6],
      [-1.7, 7.2, -0.9, 1.4],
      [-1.7, 7.2, -2.2, 1.5],
    ],
    0.03,
    rope,
    0.9,
  )
  const gear = `<path d="M-.9 1.35q.2 .9 .8 .8q.5 .3 .9 -.1q.4 -.2 .4 -.75Z" fill="#2f4a46"/><path d="M-.8 1.5q.5 .3 .9 .1t.9 .05M-.6 1.8q.5 .1 1.1 0" stroke="#5d7d72" stroke-width=".03" fill="none"/><rect x="-3.6" y="1.75" width=".7" height=".5" fill="#7b5b40"/><rect x="-2.8" y="1.6" width=".6" height=".45" fill="#8d6a49"/><circle cx=".6" cy="2.15" r=".15" fill="#d2743f"/><circle cx=".25" cy="2.1" r=".13" fill="#d98a4c"/><path d="M4.9 1.4V2.5H5.7V1.5M4.9 1.95H5.75" stroke="#8a7d7d" stroke-width=".04" fill="none"/><path d="M-5.7 2.85v.6M-5 2.5v.6M-4.3 2.25v.6M-3.6 2v.6M-5.7 3.4Q-4.6 3 -3.6 2.58" stroke="#9a8b86" stroke-width=".035" fill="none"/>`
  const tyres = [-2.7, -0.8, 3.1]
    .map(
      (x) =>
        `<path d="M${x} 1.3v-.5" stroke="#1b1614" stroke-width=".03"/><circle cx="${x}" cy=".62" r=".24" fill="none" stroke="#15120f" stroke-width=".15"/><path d="M${x - 0.2} .75a.25 .25 0 0 1 .35 -.02" stroke="#5a4a44" stroke-width=".035" fill="none"/>`,
    )
    .join('')
  return stand(
    scene,
    TRAWLER,
    `${above ? underside(hull) + contact(0.2, 5.8, 0.42) : ''}${above ? deck : ''}${gear}${house}${masts}${rigging}${hull}${tyres}${textPaths('DR 27', -3.1, 1.36, 0.4, '#dcc9b0', 1.05, true)}`,
  )
}

/** An open rowing boat in the foreground. */
export function dinghy(scene: Scene): string {
  const inside = `<path d="M1.75 .52C.9 .36 -.9 .34 -1.85 .66C-1.2 .98 .9 1.0 1.7 .82Z" fill="url(#inside)"/><path d="M-1.85 .66C-1.2 .98 .9 1.0 1.7 .82" stroke="#c9a482" stroke-width=".05" fill="none"/>${[-1.2, -0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9, 1.2].map((x) => `<path d="M${x} .9q.05 -.2 -.02 -.42" stroke="#3c2c24" stroke-width=".03" fill="none"/>`).join('')}<path d="M-.75 .4L-.6 .93L-.35 .94L-.45 .37ZM.55 .37L.6 .94L.85 .93L.85 .38Z" fill="#a5835f"/><path d="M-1.2 .95L1.3 .6" stroke="#c49a6c" stroke-width=".05"/><path d="M-1.15 .91L-1.2 .98L-1.62 1.06L-1.66 .99L-1.25 .93Z" fill="#c49a6c"/>`
  const hull = `<path d="M1.75 .52C.9 .36 -.9 .34 -1.85 .66Q-1.6 .2 -1.3 -.02L1.5 -.02Q1.7 .25 1.75 .52Z" fill="url(#dinghy)"/><path d="M1.75 .52C.9 .36 -.9 .34 -1.85 .66Q-1.6 .2 -1.3 -.02L1.5 -.02Q1.7 .25 1.75 .52Z" fill="url(#sheen)"/><path d="M1.72 .4C.9 .25 -.9 .23 -1.75 .5M1.68 .28C.9 .14 -.9 .12 -1.62 .33M1.6 .14C.9 .04 -.9 .04 -1.48 .17" stroke="#1d262d" stroke-opacity=".6" stroke-width=".018" fill="none"/><path d="M1.75 .52C.9 .36 -.9 .34 -1.85 .66" stroke="#8a5f45" stroke-width=".07" fill="none"/><path d="M1.75 .55C.9 .39 -.9 .37 -1.85 .69" stroke="#dcb08a" stroke-width=".018" fill="none"/><path d="M1.48 0L-1.27 0" stroke="#15181a" stroke-width=".05"/><path d="M.1 .42v.14" stroke="#2a2320" stroke-width=".03"/>`
  return stand(
    scene,
    [0.9, 0, 18.5],
    `${scene.mirrored ? '' : underside(hull) + contact(0.1, 1.75, 0.2) + inside}${hull}`,
  )
}

/** Yachts at anchor in the distance. */
export function yachts(scene: Scene): string {
  const next = random(77)
  const places: [number, number][] = [
    [-46, 190],
    [-30, 150],
    [-24, 128],
    [-14, 175],
    [-6, 140],
    [-1, 210],
    [4, 118],
    [6.5, 165],
    [-17, 92],
    [-3.4, 84],
  ]
  return places
    .toSorted((a, b) => b[1] - a[1])
    .map(([x, z]) => {
      const length = 3.2 + next() * 1.6
      const mast = length * (2.1 + next() * 0.6)
      const turn = next() < 0.5 ? -1 : 1
      const dark = next() < 0.4 ? '#2b2d3a' : 'url(#yacht)'
      const lamp =
        next() < 0.6 ? `<circle cx="0" cy="${fix(mast + 0.2)}" r=".16" fill="#fff2d0"/>` : ''
      const body = `<g transform="scale(${turn} 1)"><path d="M${fix(-length)} 1.2Q0 .75 ${fix(length * 0.95)} .95L${fix(length * 0.85)} 0H${fix(-length * 0.78)}Z" fill="${dark}"/><path d="M${fix(-length)} 1.2Q0 .75 ${fix(length * 0.95)} .95" stroke="#c9a595" stroke-width=".08" fill="none"/><path d="M-1.6 .9L-1.2 1.45H1.2L1.5 .9Z" fill="#9a9099"/><rect x="-.9" y="1.05" width="1.6" height=".22" fill="${next() < 0.5 ? '#ffc870' : '#26242c'}"/><path d="M0 1V${fix(mast)}" stroke="#2c2730" stroke-width=".15"/><path d="M.1 1.9L${fix(length * 0.75)} 1.95" stroke="#857983" stroke-width=".34" stroke-linecap="round"/>${lines(
        [
          [0, mast, -length, 1.2],
          [0, mast, length * 0.92, 1],
          [0, mast * 0.95, -0.8, 1],
          [0, mast * 0.95, 0.8, 1],
        ],
        0.045,
        rope,
        0.8,
      )}</g>${lamp}`
      return stand(scene, [x, 0, z], body)
    })
    .join('')
}
