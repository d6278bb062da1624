import { cliffTop } from './cliff.ts'
import { fix, ramp } from './vectors.ts'

/** Where the light of the tower is, in units. */
export const lamp = { x: 742, y: 340 }

/** How far the wall of the tower is from its middle. */
function halfWidth(y: number): number {
  return 44 + ((y - 400) / 490) * 34
}

/** The tower and the keeper's house, drawn in the units of the view. */
export function tower(): string {
  const { x, y } = lamp
  const paints = [
    ramp(
      'wall',
      [
        [0, '#f2cba8'],
        [0.2, '#dcbfb2'],
        [0.55, '#918a9c'],
        [1, '#41445c'],
      ],
      true,
    ),
    ramp(
      'band',
      [
        [0, '#d8644a'],
        [0.25, '#b84538'],
        [0.6, '#7c2c32'],
        [1, '#431c28'],
      ],
      true,
    ),
    ramp(
      'metal',
      [
        [0, '#6c5a55'],
        [0.3, '#3d3a40'],
        [1, '#17191f'],
      ],
      true,
    ),
    ramp('roof', [
      [0, '#3a3b46'],
      [1, '#5d5a64'],
    ]),
    ramp(
      'gable',
      [
        [0, '#f0cdb0'],
        [0.5, '#c0aeb0'],
        [1, '#85818f'],
      ],
      true,
    ),
  ].join('')
  const ring = (from: number, to: number) =>
    `<path d="M${fix(x - halfWidth(from))} ${from}Q${x} ${from + 12} ${fix(x + halfWidth(from))} ${from}L${fix(x + halfWidth(to))} ${to}Q${x} ${to + 14} ${fix(x - halfWidth(to))} ${to}Z" fill="url(#band)"/>`
  const body = `<path d="M${x - halfWidth(400)} 400L${fix(x - halfWidth(888))} 888Q${x} 906 ${fix(x + halfWidth(888))} 888L${x + halfWidth(400)} 400Z" fill="url(#wall)"/>`
  const windows = [470, 640, 785]
    .map(
      (at) =>
        `<path d="M${x - 11} ${at + 34}V${at + 8}Q${x - 2} ${at - 6} ${x + 7} ${at + 8}V${at + 34}Z" fill="#3a2b2c"/><path d="M${x - 8} ${at + 31}V${at + 9}Q${x - 2} ${at} ${x + 4} ${at + 9}V${at + 31}Z" fill="#ffc470"/><path d="M${x - 2} ${at + 3}V${at + 31}M${x - 8} ${at + 18}H${x + 4}" stroke="#4a2f22" stroke-width="2"/>`,
    )
    .join('')
  const door = `<path d="M${x - 22} 896V850Q${x - 4} 828 ${x + 14} 850V898Z" fill="#2a2024"/><path d="M${x - 18} 896V852Q${x - 4} 836 ${x + 10} 852V897Z" fill="#3c5560"/>`
  const gallery = `<path d="M${x - 62} 392H${x + 62}L${x + 46} 414H${x - 46}Z" fill="url(#metal)"/><path d="M${x - 66} 384H${x + 66}V393H${x - 66}Z" fill="url(#metal)"/>${Array.from({ length: 15 }, (_, post) => `<path d="M${fix(x - 63 + post * 9)} 352V385" stroke="#2c2a30" stroke-width="2"/>`).join('')}<path d="M${x - 64} 352H${x + 64}M${x - 64} 367H${x + 64}" stroke="#4c4448" stroke-width="2.4"/>`
  const lantern = `<rect x="${x - 32}" y="306" width="64" height="79" fill="#ffe2a4"/><ellipse cx="${x}" cy="${y + 4}" rx="17" ry="26" fill="#fffdf2"/><path d="M${x - 32} 306V385M${x - 11} 306V385M${x + 11} 306V385M${x + 32} 306V385M${x - 32} 345H${x + 32}M${x - 32} 326L${x - 11} 306M${x + 11} 385L${x + 32} 365" stroke="#332c2e" stroke-width="3"/><path d="M${x - 40} 308Q${x - 30} 266 ${x} 258Q${x + 30} 266 ${x + 40} 308Z" fill="url(#band)"/><path d="M${x - 44} 304H${x + 44}V312H${x - 44}Z" fill="url(#metal)"/><circle cx="${x}" cy="255" r="7" fill="url(#metal)"/><path d="M${x} 250V214" stroke="#2c2a30" stroke-width="2.6"/>`
  const house = `<path d="M858 910V812H1046V926Z" fill="url(#gable)"/><path d="M842 818L884 752H1022L1064 818Z" fill="url(#roof)"/><path d="M842 818L884 752M842 819H1064" stroke="#a98f88" stroke-width="3"/>${Array.from({ length: 5 }, (_, row) => `<path d="M${fix(876 - row * 8)} ${764 + row * 12}H${fix(1030 + row * 8)}" stroke="#2a2a34" stroke-opacity=".5" stroke-width="1.6"/>`).join('')}<path d="M984 760V722H1008V760Z" fill="#8a6a62"/><path d="M980 716H1012V726H980Z" fill="#6a504c"/>${[884, 1000].map((at) => `<rect x="${at}" y="838" width="30" height="38" fill="#4b3a38"/><rect x="${at + 3}" y="841" width="24" height="32" fill="#ffbf66"/><path d="M${at + 15} 840V874M${at} 857H${at + 30}" stroke="#4b3a38" stroke-width="2.4"/>`).join('')}<path d="M938 918V846H970V920Z" fill="#41535c"/><path d="M938 846H970" stroke="#2b2326" stroke-width="3"/>`
  const fence = Array.from({ length: 19 }, (_, post) => {
    const at = 1190 - post * 32
    if (at > 830 && at < 1066) return ''
    const foot = cliffTop(at) + 18
    return `<path d="M${at} ${fix(foot)}v-30" stroke="#4d4140" stroke-width="3.4"/><path d="M${at} ${fix(foot - 25)}L${at - 32} ${fix(cliffTop(at - 32) - 7)}M${at} ${fix(foot - 12)}L${at - 32} ${fix(cliffTop(at - 32) + 6)}" stroke="#3f3638" stroke-width="1.5"/>`
  }).join('')
  const gulls = [
    [250, 520, 1],
    [310, 590, 0.7],
    [196, 640, 0.6],
  ]
    .map(
      ([gx, gy, size]) =>
        `<path transform="translate(${gx} ${gy}) scale(${size})" d="M-24 -7Q-11 -16 0 0Q12 -15 25 -5Q12 -9 1 5Q-11 -9 -24 -7Z" fill="#4a4452"/>`,
    )
    .join('')
  return `<defs>${paints}</defs>${gulls}${fence}${house}${body}${ring(520, 610)}${ring(700, 770)}${windows}${door}${lantern}${gallery}`
}
