/**
 * How a shape of a name is drawn (ECMA-376, part 1, 20.1.10.56), in the words of {@link Command paths} and of
 * {@link Guide guides}, each behind a semicolon.
 */
export interface PresetShape {
  /** Guides that a shape may say otherwise. */
  readonly adjust?: string
  readonly guides?: string
  /** Left, top, right and bottom of the box of its text; that of the shape unless told. */
  readonly text?: string
  /** Paths, each drawn over those before; behind a colon, how it is filled and whether it has an outline. */
  readonly paths: readonly string[]
}

const CORNERS =
  'a pin 0 adj 50000; x1 */ ss a 100000; x2 +- r 0 x1; y2 +- b 0 x1; il */ x1 29289 100000; ir +- r 0 il; ib +- b 0 il'

const TWO_CORNERS =
  'a pin 0 adj1 50000; c pin 0 adj2 50000; x1 */ ss a 100000; x2 +- r 0 x1; z1 */ ss c 100000; z2 +- r 0 z1; y2 +- b 0 z1; d max x1 z1; il */ d 29289 100000; ir +- r 0 il; ib +- b 0 il'

const DIAGONAL_CORNERS =
  'a pin 0 adj1 50000; c pin 0 adj2 50000; x1 */ ss a 100000; y1 +- b 0 x1; z1 */ ss c 100000; x2 +- r 0 z1; x3 +- r 0 x1; y2 +- b 0 z1; d max x1 z1; il */ d 29289 100000; ir +- r 0 il; ib +- b 0 il'

/** Where the tail of a callout leaves it, and where it ends. */
const TAIL =
  'dx */ w adj1 100000; dy */ h adj2 100000; px +- hc dx 0; py +- vc dy 0; q */ dx h w; aq abs q; ady abs dy; dz +- ady 0 aq; xg ?: dx 7 2; xh ?: dx 10 5; x1 */ w xg 12; x2 */ w xh 12; yg ?: dy 7 2; yh ?: dy 10 5; y1 */ h yg 12; y2 */ h yh 12; lx ?: dz l px; xl ?: dx l lx; tx ?: dy x1 px; xt ?: dz tx x1; sx ?: dx px r; xr ?: dz r sx; bx ?: dy px x1; xb ?: dz bx x1; ly ?: dx y1 py; yl ?: dz y1 ly; ty ?: dy t py; yt ?: dz ty t; ry ?: dx py y1; yr ?: dz y1 ry; by ?: dy py b; yb ?: dz by b'

const ARROW_GUIDES =
  'a1 pin 0 adj1 100000; m */ 100000 w ss; a2 pin 0 adj2 m; dx */ ss a2 100000; x1 +- r 0 dx; x0 +- l dx 0; dy */ h a1 200000; y1 +- vc 0 dy; y2 +- vc dy 0; tx */ y1 dx hd2; x2 +- x1 tx 0; x3 +- x0 0 tx'

const UPRIGHT_ARROW_GUIDES =
  'a1 pin 0 adj1 100000; m */ 100000 h ss; a2 pin 0 adj2 m; dy */ ss a2 100000; y1 +- b 0 dy; y0 +- t dy 0; dx */ w a1 200000; x1 +- hc 0 dx; x2 +- hc dx 0; ty */ x1 dy wd2; y2 +- y1 ty 0; y3 +- y0 0 ty'

const ARROW_SIZES = 'adj1 val 50000; adj2 val 50000'

/** A polygon with corners on an ellipse, the first at the top unless turned, in degrees. */
function polygon(corners: number, turned = 0): PresetShape {
  return { paths: [corners > 2 ? ring(corners, turned, () => ['wd2', 'hd2']) : ''] }
}

/** A star of which every second corner is further inside, by a share of the radius in hundred-thousandths of the size. */
function star(points: number, inside: number): PresetShape {
  return {
    adjust: `adj val ${inside}`,
    guides: `a pin 0 adj 50000; iw */ wd2 a 50000; ih */ hd2 a 50000; tx */ iw 70711 100000; ty */ ih 70711 100000; il +- hc 0 tx; it +- vc 0 ty; ir +- hc tx 0; ib +- vc ty 0`,
    text: 'il it ir ib',
    paths: [ring(points * 2, 0, (index) => (index % 2 === 0 ? ['wd2', 'hd2'] : ['iw', 'ih']))],
  }
}

/** Steps through corners around the middle; each place is a formula in brackets. */
function ring(
  corners: number,
  turned: number,
  radiusOf: (index: number) => readonly [x: string, y: string],
): string {
  const places = Array.from({ length: corners }, (_, index) => {
    const angle = ((turned + (index * 360) / corners - 90) * Math.PI) / 180
    const [x, y] = radiusOf(index)
    return placeAt(angle, x, y)
  })
  return `M ${places.join(' L ')} Z`
}

const ELLIPSE = 'M l vc A wd2 hd2 cd2 cd4 A wd2 hd2 3cd4 cd4 A wd2 hd2 0 cd4 A wd2 hd2 cd4 cd4 Z'
const BOX = 'M l t L r t L r b L l b Z'
const IN_ELLIPSE =
  'ix */ wd2 70711 100000; iy */ hd2 70711 100000; il +- hc 0 ix; it +- vc 0 iy; ir +- hc ix 0; ib +- vc iy 0'

/** Shapes by their names. What is not among them is drawn as its box. */
export const PRESET_SHAPES: ReadonlyMap<string, PresetShape> = new Map<string, PresetShape>([
  ['rect', { paths: [BOX] }],
  ['flowChartProcess', { paths: [BOX] }],
  ['line', { paths: ['M l t L r b:none'] }],
  ['lineInv', { paths: ['M l b L r t:none'] }],
  ['straightConnector1', { paths: ['M l t L r b:none'] }],
  ['bentConnector2', { paths: ['M l t L r t L r b:none'] }],
  [
    'bentConnector3',
    {
      adjust: 'adj1 val 50000',
      guides: 'x */ w adj1 100000',
      paths: ['M l t L x t L x b L r b:none'],
    },
  ],
  [
    'bentConnector4',
    {
      adjust: 'adj1 val 50000; adj2 val 50000',
      guides: 'x */ w adj1 100000; y */ h adj2 100000',
      paths: ['M l t L x t L x y L r y L r b:none'],
    },
  ],
  [
    'bentConnector5',
    {
      adjust: 'adj1 val 50000; adj2 val 50000; adj3 val 50000',
      guides: 'x */ w adj1 100000; y */ h adj2 100000; z */ w adj3 100000',
      paths: ['M l t L x t L x y L z y L z b L r b:none'],
    },
  ],
  ['curvedConnector2', { paths: ['M l t C wd2 t r hd2 r b:none'] }],
  [
    'curvedConnector3',
    {
      adjust: 'adj1 val 50000',
      guides: 'x */ w adj1 100000; x1 +/ l x 2; x3 +/ r x 2; y3 */ h 3 4',
      paths: ['M l t C x1 t x hd4 x vc C x y3 x3 b r b:none'],
    },
  ],
  [
    'curvedConnector4',
    {
      adjust: 'adj1 val 50000; adj2 val 50000',
      guides:
        'x */ w adj1 100000; y */ h adj2 100000; x1 +/ l x 2; y1 */ y 1 4; y2 */ y 1 2; y3 */ y 3 4; xm +/ x r 2; xn +/ xm r 2; ym +/ y b 2; xk +/ x xm 2',
      paths: ['M l t C x1 t x y1 x y2 C x y3 xk y xm y C xn y r ym r b:none'],
    },
  ],
  ['ellipse', { guides: IN_ELLIPSE, text: 'il it ir ib', paths: [ELLIPSE] }],
  ['flowChartConnector', { guides: IN_ELLIPSE, text: 'il it ir ib', paths: [ELLIPSE] }],
  [
    'flowChartOr',
    {
      guides: IN_ELLIPSE,
      text: 'il it ir ib',
      paths: [ELLIPSE, 'M hc t L hc b:none', 'M l vc L r vc:none'],
    },
  ],
  [
    'flowChartSummingJunction',
    {
      guides: IN_ELLIPSE,
      text: 'il it ir ib',
      paths: [ELLIPSE, 'M il it L ir ib:none', 'M ir it L il ib:none'],
    },
  ],
  [
    'roundRect',
    {
      adjust: 'adj val 16667',
      guides: CORNERS,
      text: 'il il ir ib',
      paths: [
        'M l x1 A x1 x1 cd2 cd4 L x2 t A x1 x1 3cd4 cd4 L r y2 A x1 x1 0 cd4 L x1 b A x1 x1 cd4 cd4 Z',
      ],
    },
  ],
  [
    'flowChartAlternateProcess',
    {
      adjust: 'adj val 16667',
      guides: CORNERS,
      text: 'il il ir ib',
      paths: [
        'M l x1 A x1 x1 cd2 cd4 L x2 t A x1 x1 3cd4 cd4 L r y2 A x1 x1 0 cd4 L x1 b A x1 x1 cd4 cd4 Z',
      ],
    },
  ],
  [
    'round1Rect',
    {
      adjust: 'adj val 16667',
      guides: CORNERS,
      text: 'l t ir b',
      paths: ['M l t L x2 t A x1 x1 3cd4 cd4 L r b L l b Z'],
    },
  ],
  [
    'round2SameRect',
    {
      adjust: 'adj1 val 16667; adj2 val 0',
      guides: TWO_CORNERS,
      text: 'il il ir ib',
      paths: [
        'M x1 t L x2 t A x1 x1 3cd4 cd4 L r y2 A z1 z1 0 cd4 L z1 b A z1 z1 cd4 cd4 L l x1 A x1 x1 cd2 cd4 Z',
      ],
    },
  ],
  [
    'round2DiagRect',
    {
      adjust: 'adj1 val 16667; adj2 val 0',
      guides: DIAGONAL_CORNERS,
      text: 'il il ir ib',
      paths: [
        'M x1 t L x2 t A z1 z1 3cd4 cd4 L r y1 A x1 x1 0 cd4 L z1 b A z1 z1 cd4 cd4 L l x1 A x1 x1 cd2 cd4 Z',
      ],
    },
  ],
  [
    'snip1Rect',
    {
      adjust: 'adj val 16667',
      guides: CORNERS,
      paths: ['M l t L x2 t L r x1 L r b L l b Z'],
    },
  ],
  [
    'snip2SameRect',
    {
      adjust: 'adj1 val 16667; adj2 val 0',
      guides: TWO_CORNERS,
      paths: ['M x1 t L x2 t L r x1 L r y2 L z2 b L z1 b L l y2 L l x1 Z'],
    },
  ],
  [
    'snip2DiagRect',
    {
      adjust: 'adj1 val 0; adj2 val 16667',
      guides: DIAGONAL_CORNERS,
      paths: ['M x1 t L x2 t L r z1 L r y1 L x3 b L z1 b L l y2 L l x1 Z'],
    },
  ],
  [
    'snipRoundRect',
    {
      adjust: 'adj1 val 16667; adj2 val 16667',
      guides:
        'a pin 0 adj1 50000; c pin 0 adj2 50000; x1 */ ss a 100000; z1 */ ss c 100000; x2 +- r 0 z1',
      paths: ['M x1 t L x2 t L r z1 L r b L l b L l x1 A x1 x1 cd2 cd4 Z'],
    },
  ],
  [
    'plaque',
    {
      adjust: 'adj val 16667',
      guides:
        'a pin 0 adj 50000; x1 */ ss a 100000; x2 +- r 0 x1; y2 +- b 0 x1; il */ x1 70711 100000; ir +- r 0 il; ib +- b 0 il; n +- 0 0 cd4',
      text: 'il il ir ib',
      paths: [
        'M l x1 A x1 x1 cd4 n L x2 t A x1 x1 cd2 n L r y2 A x1 x1 3cd4 n L x1 b A x1 x1 0 n Z',
      ],
    },
  ],
  [
    'triangle',
    {
      adjust: 'adj val 50000',
      guides: 'a pin 0 adj 100000; x1 */ w a 200000; x2 */ w a 100000; x3 +- x1 wd2 0',
      text: 'x1 vc x3 b',
      paths: ['M l b L x2 t L r b Z'],
    },
  ],
  [
    'flowChartExtract',
    { guides: 'x2 */ w 3 4', text: 'wd4 vc x2 b', paths: ['M l b L hc t L r b Z'] },
  ],
  [
    'flowChartMerge',
    { guides: 'x2 */ w 3 4', text: 'wd4 t x2 vc', paths: ['M l t L r t L hc b Z'] },
  ],
  [
    'rtTriangle',
    {
      guides: 'it */ h 7 12; ir */ w 7 12; ib */ h 11 12',
      text: 'wd12 it ir ib',
      paths: ['M l b L l t L r b Z'],
    },
  ],
  [
    'diamond',
    {
      guides: 'ir */ w 3 4; ib */ h 3 4',
      text: 'wd4 hd4 ir ib',
      paths: ['M l vc L hc t L r vc L hc b Z'],
    },
  ],
  [
    'flowChartDecision',
    {
      guides: 'ir */ w 3 4; ib */ h 3 4',
      text: 'wd4 hd4 ir ib',
      paths: ['M l vc L hc t L r vc L hc b Z'],
    },
  ],
  [
    'flowChartSort',
    {
      guides: 'ir */ w 3 4; ib */ h 3 4',
      text: 'wd4 hd4 ir ib',
      paths: ['M l vc L hc t L r vc L hc b Z', 'M l vc L r vc:none'],
    },
  ],
  [
    'parallelogram',
    {
      adjust: 'adj val 25000',
      guides:
        'm */ 100000 w ss; a pin 0 adj m; x2 */ ss a 100000; x5 +- r 0 x2; il +- wd6 0 0; s */ x2 1 2; il max s wd12; ir +- r 0 il; ib +- b 0 hd12',
      text: 'il hd12 ir ib',
      paths: ['M l b L x2 t L r t L x5 b Z'],
    },
  ],
  [
    'flowChartInputOutput',
    {
      guides: 'x2 */ w 1 5; x5 */ w 4 5',
      text: 'x2 t x5 b',
      paths: ['M l b L x2 t L r t L x5 b Z'],
    },
  ],
  [
    'trapezoid',
    {
      adjust: 'adj val 25000',
      guides:
        'm */ 50000 w ss; a pin 0 adj m; x2 */ ss a 100000; x3 +- r 0 x2; il */ x2 2 3; it */ hd3 a m; ir +- r 0 il',
      text: 'il it ir b',
      paths: ['M l b L x2 t L x3 t L r b Z'],
    },
  ],
  [
    'nonIsoscelesTrapezoid',
    {
      adjust: 'adj1 val 25000; adj2 val 25000',
      guides: 'x1 */ ss adj1 100000; d */ ss adj2 100000; x2 +- r 0 d',
      paths: ['M l b L x1 t L x2 t L r b Z'],
    },
  ],
  [
    'flowChartManualOperation',
    {
      guides: 'x3 */ w 4 5; x4 */ w 1 5',
      text: 'x4 t x3 b',
      paths: ['M l t L r t L x3 b L x4 b Z'],
    },
  ],
  [
    'flowChartManualInput',
    { guides: 'y */ h 1 5', text: 'l y r b', paths: ['M l y L r t L r b L l b Z'] },
  ],
  ['pentagon', star5(false)],
  [
    'hexagon',
    {
      adjust: 'adj val 25000; vf val 115470',
      guides:
        'm */ 50000 w ss; a pin 0 adj m; v */ hd2 vf 100000; x1 */ ss a 100000; x2 +- r 0 x1; e sin v 3600000; y1 +- vc 0 e; y2 +- vc e 0; il */ x1 2 3; ir +- r 0 il; ib +- b 0 hd12',
      text: 'il hd12 ir ib',
      paths: ['M l vc L x1 y1 L x2 y1 L r vc L x2 y2 L x1 y2 Z'],
    },
  ],
  [
    'flowChartPreparation',
    {
      guides: 'x1 */ w 1 5; x2 */ w 4 5',
      text: 'x1 t x2 b',
      paths: ['M l vc L x1 t L x2 t L r vc L x2 b L x1 b Z'],
    },
  ],
  ['heptagon', polygon(7)],
  [
    'octagon',
    {
      adjust: 'adj val 29289',
      guides:
        'a pin 0 adj 50000; x1 */ ss a 100000; x2 +- r 0 x1; y2 +- b 0 x1; il */ x1 1 2; ir +- r 0 il; ib +- b 0 il',
      text: 'il il ir ib',
      paths: ['M l x1 L x1 t L x2 t L r x1 L r y2 L x2 b L x1 b L l y2 Z'],
    },
  ],
  ['decagon', polygon(10, 18)],
  ['dodecagon', polygon(12, 15)],
  ['star4', star(4, 12_500)],
  ['star5', star5(true)],
  ['star6', star(6, 28_868)],
  ['star7', star(7, 34_601)],
  ['star8', star(8, 37_500)],
  ['star10', star(10, 42_533)],
  ['star12', star(12, 37_500)],
  ['star16', star(16, 37_500)],
  ['star24', star(24, 37_500)],
  ['star32', star(32, 37_500)],
  ['irregularSeal1', star(12, 33_000)],
  ['irregularSeal2', star(14, 33_000)],
  [
    'plus',
    {
      adjust: 'adj val 25000',
      guides:
        'a pin 0 adj 50000; x1 */ ss a 100000; x2 +- r 0 x1; y2 +- b 0 x1; d +- w 0 h; il ?: d l x1; ir ?: d r x2; it ?: d x1 t; ib ?: d y2 b',
      text: 'il it ir ib',
      paths: [
        'M l x1 L x1 x1 L x1 t L x2 t L x2 x1 L r x1 L r y2 L x2 y2 L x2 b L x1 b L x1 y2 L l y2 Z',
      ],
    },
  ],
  [
    'donut',
    {
      adjust: 'adj val 25000',
      guides: `a pin 0 adj 50000; d */ ss a 100000; iw +- wd2 0 d; ih +- hd2 0 d; n +- 0 0 cd4; ${IN_ELLIPSE}`,
      text: 'il it ir ib',
      paths: [`${ELLIPSE} M d vc A iw ih cd2 n A iw ih cd4 n A iw ih 0 n A iw ih 3cd4 n Z`],
    },
  ],
  [
    'frame',
    {
      adjust: 'adj1 val 12500',
      guides: 'a pin 0 adj1 50000; x1 */ ss a 100000; x4 +- r 0 x1; y4 +- b 0 x1',
      text: 'x1 x1 x4 y4',
      paths: ['M l t L r t L r b L l b Z M x1 x1 L x1 y4 L x4 y4 L x4 x1 Z'],
    },
  ],
  [
    'halfFrame',
    {
      adjust: 'adj1 val 33333; adj2 val 33333',
      guides:
        'm */ 100000 w ss; a2 pin 0 adj2 m; x1 */ ss a2 100000; g */ h x1 w; hx +- h 0 g; m1 */ 100000 hx ss; a1 pin 0 adj1 m1; y1 */ ss a1 100000; dx */ y1 w h; x2 +- r 0 dx; dy */ x1 h w; y2 +- b 0 dy',
      paths: ['M l t L r t L x2 y1 L x1 y1 L x1 y2 L l b Z'],
    },
  ],
  [
    'corner',
    {
      adjust: 'adj1 val 50000; adj2 val 50000',
      guides: 'x1 */ ss adj2 100000; dy */ ss adj1 100000; y1 +- b 0 dy',
      paths: ['M l t L x1 t L x1 y1 L r y1 L r b L l b Z'],
    },
  ],
  [
    'diagStripe',
    {
      adjust: 'adj val 50000',
      guides: 'a pin 0 adj 100000; x2 */ w a 100000; y2 */ h a 100000',
      paths: ['M l y2 L x2 t L r t L l b Z'],
    },
  ],
  [
    'pie',
    {
      adjust: 'adj1 val 0; adj2 val 16200000',
      guides: `s pin 0 adj1 21599999; e pin 0 adj2 21599999; d +- e 0 s; f +- d 21600000 0; sw ?: d d f; ${arcStart('s')}; ${IN_ELLIPSE}`,
      text: 'il it ir ib',
      paths: ['M ax ay A wd2 hd2 s sw L hc vc Z'],
    },
  ],
  [
    'chord',
    {
      adjust: 'adj1 val 2700000; adj2 val 16200000',
      guides: `s pin 0 adj1 21599999; e pin 0 adj2 21599999; d +- e 0 s; f +- d 21600000 0; sw ?: d d f; ${arcStart('s')}; ${IN_ELLIPSE}`,
      text: 'il it ir ib',
      paths: ['M ax ay A wd2 hd2 s sw Z'],
    },
  ],
  [
    'arc',
    {
      adjust: 'adj1 val 16200000; adj2 val 0',
      guides: `s pin 0 adj1 21599999; e pin 0 adj2 21599999; d +- e 0 s; f +- d 21600000 0; sw ?: d d f; ${arcStart('s')}`,
      paths: ['M ax ay A wd2 hd2 s sw L hc vc Z:no outline', 'M ax ay A wd2 hd2 s sw:none'],
    },
  ],
  [
    'blockArc',
    {
      adjust: 'adj1 val 10800000; adj2 val 0; adj3 val 25000',
      guides: `s pin 0 adj1 21599999; e pin 0 adj2 21599999; a3 pin 0 adj3 50000; d +- e 0 s; f +- d 21600000 0; sw ?: d d f; back +- 0 0 sw; th */ ss a3 100000; iw +- wd2 0 th; ih +- hd2 0 th; ${arcStart('s')}; jc cos ih e; js sin iw e; jx cat2 iw jc js; jy sat2 ih jc js; ex +- hc jx 0; ey +- vc jy 0`,
      paths: ['M ax ay A wd2 hd2 s sw L ex ey A iw ih e back Z'],
    },
  ],
  [
    'teardrop',
    {
      adjust: 'adj val 100000',
      guides: `a pin 0 adj 200000; tw */ wd2 a 100000; th */ hd2 a 100000; x1 +- hc tw 0; y1 +- vc 0 th; x2 +/ hc x1 2; y2 +/ vc y1 2; ${IN_ELLIPSE}`,
      text: 'il it ir ib',
      paths: [
        'M l vc A wd2 hd2 cd2 cd4 Q x2 t x1 y1 Q r y2 r vc A wd2 hd2 0 cd4 A wd2 hd2 cd4 cd4 Z',
      ],
    },
  ],
  [
    'can',
    {
      adjust: 'adj val 25000',
      guides:
        'm */ 50000 h ss; a pin 0 adj m; y1 */ ss a 200000; y2 +- y1 y1 0; y3 +- b 0 y1; n +- 0 0 cd2',
      text: 'l y2 r y3',
      paths: [
        'M l y1 A wd2 y1 cd2 n L r y3 A wd2 y1 0 cd2 Z:no outline',
        'M l y1 A wd2 y1 cd2 cd2 A wd2 y1 0 cd2 Z:lighten no outline',
        'M r y1 A wd2 y1 0 cd2 A wd2 y1 cd2 cd2 L r y3 A wd2 y1 0 cd2 L l y1:none',
      ],
    },
  ],
  [
    'flowChartMagneticDisk',
    {
      guides: 'y1 */ h 1 6; y2 */ h 1 3; y3 */ h 5 6; n +- 0 0 cd2',
      text: 'l y2 r y3',
      paths: ['M l y1 A wd2 y1 cd2 cd2 L r y3 A wd2 y1 0 cd2 Z', 'M r y1 A wd2 y1 0 cd2:none'],
    },
  ],
  [
    'flowChartMagneticDrum',
    {
      guides: 'x1 */ w 1 6; x2 */ w 2 3; x3 */ w 5 6',
      text: 'x1 t x2 b',
      paths: [
        'M x1 t L x3 t A x1 hd2 3cd4 cd2 L x1 b A x1 hd2 cd4 cd2 Z',
        'M x3 b A x1 hd2 cd4 cd2:none',
      ],
    },
  ],
  [
    'cube',
    {
      adjust: 'adj val 25000',
      guides: 'a pin 0 adj 100000; y1 */ ss a 100000; x4 +- r 0 y1; y4 +- b 0 y1',
      text: 'l y1 x4 b',
      paths: [
        'M l y1 L x4 y1 L x4 b L l b Z:no outline',
        'M x4 y1 L r t L r y4 L x4 b Z:darken no outline',
        'M l y1 L y1 t L r t L x4 y1 Z:lighten no outline',
        'M l y1 L y1 t L r t L r y4 L x4 b L l b Z M l y1 L x4 y1 L r t M x4 y1 L x4 b:none',
      ],
    },
  ],
  [
    'bevel',
    {
      adjust: 'adj val 12500',
      guides: 'a pin 0 adj 50000; x1 */ ss a 100000; x2 +- r 0 x1; y2 +- b 0 x1',
      text: 'x1 x1 x2 y2',
      paths: [
        'M x1 x1 L x2 x1 L x2 y2 L x1 y2 Z:no outline',
        'M l t L r t L x2 x1 L x1 x1 Z:lighten no outline',
        'M l b L x1 y2 L x2 y2 L r b Z:darken no outline',
        'M l t L x1 x1 L x1 y2 L l b Z:lighten no outline',
        'M r t L r b L x2 y2 L x2 x1 Z:darken no outline',
        'M l t L r t L r b L l b Z M x1 x1 L x2 x1 L x2 y2 L x1 y2 Z M l t L x1 x1 M l b L x1 y2 M r t L x2 x1 M r b L x2 y2:none',
      ],
    },
  ],
  [
    'foldedCorner',
    {
      adjust: 'adj val 16667',
      guides:
        'a pin 0 adj 50000; d */ ss a 100000; q */ d 1 5; x1 +- r 0 d; x2 +- x1 q 0; y2 +- b 0 d; y1 +- y2 q 0',
      text: 'l t r y2',
      paths: [
        'M l t L r t L r y2 L x1 b L l b Z:no outline',
        'M x1 b L x2 y1 L r y2 Z:darken no outline',
        'M x1 b L x2 y1 L r y2 L x1 b L l b L l t L r t L r y2:none',
      ],
    },
  ],
  [
    'rightArrow',
    {
      adjust: ARROW_SIZES,
      guides: ARROW_GUIDES,
      text: 'l y1 x2 y2',
      paths: ['M l y1 L x1 y1 L x1 t L r vc L x1 b L x1 y2 L l y2 Z'],
    },
  ],
  [
    'leftArrow',
    {
      adjust: ARROW_SIZES,
      guides: ARROW_GUIDES,
      text: 'x3 y1 r y2',
      paths: ['M l vc L x0 t L x0 y1 L r y1 L r y2 L x0 y2 L x0 b Z'],
    },
  ],
  [
    'upArrow',
    {
      adjust: ARROW_SIZES,
      guides: UPRIGHT_ARROW_GUIDES,
      text: 'x1 y3 x2 b',
      paths: ['M l y0 L hc t L r y0 L x2 y0 L x2 b L x1 b L x1 y0 Z'],
    },
  ],
  [
    'downArrow',
    {
      adjust: ARROW_SIZES,
      guides: UPRIGHT_ARROW_GUIDES,
      text: 'x1 t x2 y2',
      paths: ['M l y1 L x1 y1 L x1 t L x2 t L x2 y1 L r y1 L hc b Z'],
    },
  ],
  [
    'leftRightArrow',
    {
      adjust: ARROW_SIZES,
      guides: ARROW_GUIDES,
      text: 'x3 y1 x2 y2',
      paths: ['M l vc L x0 t L x0 y1 L x1 y1 L x1 t L r vc L x1 b L x1 y2 L x0 y2 L x0 b Z'],
    },
  ],
  [
    'upDownArrow',
    {
      adjust: ARROW_SIZES,
      guides: UPRIGHT_ARROW_GUIDES,
      text: 'x1 y3 x2 y2',
      paths: ['M l y0 L hc t L r y0 L x2 y0 L x2 y1 L r y1 L hc b L l y1 L x1 y1 L x1 y0 Z'],
    },
  ],
  [
    'notchedRightArrow',
    {
      adjust: ARROW_SIZES,
      guides: `${ARROW_GUIDES}; n */ dy dx hd2`,
      text: 'n y1 x2 y2',
      paths: ['M l y1 L x1 y1 L x1 t L r vc L x1 b L x1 y2 L l y2 L n vc Z'],
    },
  ],
  [
    'stripedRightArrow',
    {
      adjust: ARROW_SIZES,
      guides: `${ARROW_GUIDES}; s4 */ ss 5 32`,
      text: 's4 y1 x2 y2',
      paths: [
        'M l y1 L ssd32 y1 L ssd32 y2 L l y2 Z M ssd16 y1 L ssd8 y1 L ssd8 y2 L ssd16 y2 Z M s4 y1 L x1 y1 L x1 t L r vc L x1 b L x1 y2 L s4 y2 Z',
      ],
    },
  ],
  [
    'quadArrow',
    {
      adjust: 'adj1 val 22500; adj2 val 22500; adj3 val 22500',
      guides:
        'x1 */ ss adj3 100000; dx2 */ ss adj2 100000; x2 +- hc 0 dx2; x5 +- hc dx2 0; dx3 */ ss adj1 200000; x3 +- hc 0 dx3; x4 +- hc dx3 0; x6 +- r 0 x1; y2 +- vc 0 dx2; y5 +- vc dx2 0; y3 +- vc 0 dx3; y4 +- vc dx3 0; y6 +- b 0 x1',
      text: 'x1 y3 x6 y4',
      paths: [
        'M l vc L x1 y2 L x1 y3 L x3 y3 L x3 x1 L x2 x1 L hc t L x5 x1 L x4 x1 L x4 y3 L x6 y3 L x6 y2 L r vc L x6 y5 L x6 y4 L x4 y4 L x4 y6 L x5 y6 L hc b L x2 y6 L x3 y6 L x3 y4 L x1 y4 L x1 y5 Z',
      ],
    },
  ],
  [
    'bentUpArrow',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000',
      guides:
        'y1 */ ss adj3 100000; dx1 */ ss adj2 50000; x1 +- r 0 dx1; dx3 */ ss adj2 100000; x3 +- r 0 dx3; dx2 */ ss adj1 200000; x2 +- x3 0 dx2; x4 +- x3 dx2 0; dy2 */ ss adj1 100000; y2 +- b 0 dy2',
      text: 'l y2 x4 b',
      paths: ['M l y2 L x2 y2 L x2 y1 L x1 y1 L x3 t L r y1 L x4 y1 L x4 b L l b Z'],
    },
  ],
  [
    'bentArrow',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000; adj4 val 43750',
      guides:
        'th */ ss adj1 100000; aw */ ss adj2 100000; th2 */ th 1 2; dh +- aw 0 th2; ah */ ss adj3 100000; bd */ ss adj4 100000; x3 +- th 0 0; bd0 +- bd 0 th; bd2 max bd0 0; x4 +- r 0 ah; y3 +- dh th 0; y4 +- y3 dh 0; y5 +- dh bd 0; y6 +- y3 bd2 0; x5 +- th bd2 0; n +- 0 0 cd4; yh +- dh th2 0',
      paths: [
        'M l b L l y5 A bd bd cd2 cd4 L x4 dh L x4 t L r yh L x4 y4 L x4 y3 L x5 y3 A bd2 bd2 3cd4 n L th b Z',
      ],
    },
  ],
  [
    'homePlate',
    {
      adjust: 'adj val 50000',
      guides: 'm */ 100000 w ss; a pin 0 adj m; dx */ ss a 100000; x1 +- r 0 dx; ir +/ x1 r 2',
      text: 'l t ir b',
      paths: ['M l t L x1 t L r vc L x1 b L l b Z'],
    },
  ],
  [
    'chevron',
    {
      adjust: 'adj val 50000',
      guides:
        'm */ 100000 w ss; a pin 0 adj m; x1 */ ss a 100000; x2 +- r 0 x1; d +- x2 0 x1; il ?: d x1 l; ir ?: d x2 r',
      text: 'il t ir b',
      paths: ['M l t L x2 t L r vc L x2 b L l b L x1 vc Z'],
    },
  ],
  [
    'rightArrowCallout',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000; adj4 val 64977',
      guides:
        'dy1 */ ss adj2 100000; dy2 */ ss adj1 200000; y1 +- vc 0 dy1; y2 +- vc 0 dy2; y3 +- vc dy2 0; y4 +- vc dy1 0; dx3 */ ss adj3 100000; x3 +- r 0 dx3; x2 */ w adj4 100000',
      text: 'l t x2 b',
      paths: ['M l t L x2 t L x2 y2 L x3 y2 L x3 y1 L r vc L x3 y4 L x3 y3 L x2 y3 L x2 b L l b Z'],
    },
  ],
  [
    'downArrowCallout',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000; adj4 val 64977',
      guides:
        'dx1 */ ss adj2 100000; dx2 */ ss adj1 200000; x1 +- hc 0 dx1; x2 +- hc 0 dx2; x3 +- hc dx2 0; x4 +- hc dx1 0; dy3 */ ss adj3 100000; y3 +- b 0 dy3; y2 */ h adj4 100000',
      text: 'l t r y2',
      paths: ['M l t L r t L r y2 L x3 y2 L x3 y3 L x4 y3 L hc b L x1 y3 L x2 y3 L x2 y2 L l y2 Z'],
    },
  ],
  [
    'wedgeRectCallout',
    {
      adjust: 'adj1 val -20833; adj2 val 62500',
      guides: TAIL,
      paths: [
        'M l t L x1 t L xt yt L x2 t L r t L r y1 L xr yr L r y2 L r b L x2 b L xb yb L x1 b L l b L l y2 L xl yl L l y1 Z',
      ],
    },
  ],
  [
    'wedgeRoundRectCallout',
    {
      adjust: 'adj1 val -20833; adj2 val 62500; adj3 val 16667',
      guides: `${TAIL}; u1 */ ss adj3 100000; u2 +- r 0 u1; v2 +- b 0 u1; il */ u1 29289 100000; ir +- r 0 il; ib +- b 0 il`,
      text: 'il il ir ib',
      paths: [
        'M l u1 A u1 u1 cd2 cd4 L x1 t L xt yt L x2 t L u2 t A u1 u1 3cd4 cd4 L r y1 L xr yr L r y2 L r v2 A u1 u1 0 cd4 L x2 b L xb yb L x1 b L u1 b A u1 u1 cd4 cd4 L l y2 L xl yl L l y1 Z',
      ],
    },
  ],
  [
    'wedgeEllipseCallout',
    {
      adjust: 'adj1 val -20833; adj2 val 62500',
      guides: `dx */ w adj1 100000; dy */ h adj2 100000; px +- hc dx 0; py +- vc dy 0; sx */ dx h 1; sy */ dy w 1; an at2 sx sy; s +- an 660000 0; s2 +- an 0 660000; ${arcStart('s')}; sw val 20280000; ${IN_ELLIPSE}`,
      text: 'il it ir ib',
      paths: ['M px py L ax ay A wd2 hd2 s sw Z'],
    },
  ],
  ['cloud', cloud()],
  ['cloudCallout', cloud()],
  [
    'heart',
    {
      guides:
        'dx1 */ w 49 48; dx2 */ w 10 48; x1 +- hc 0 dx1; x2 +- hc 0 dx2; x3 +- hc dx2 0; x4 +- hc dx1 0; y1 +- t 0 hd3; il */ w 1 6; ir */ w 5 6; ib */ h 2 3',
      text: 'il hd4 ir ib',
      paths: ['M hc hd4 C x3 y1 x4 hd4 hc b C x1 hd4 x2 y1 hc hd4 Z'],
    },
  ],
  [
    'lightningBolt',
    {
      paths: [
        polygonOf(
          '8472 0, 12860 6080, 11050 6797, 16577 12007, 14767 12877, 21600 21600, 10012 14915, 12222 13987, 5022 9705, 7602 8382, 0 3890',
        ),
      ],
    },
  ],
  [
    'sun',
    {
      adjust: 'adj val 25000',
      guides:
        'r0 */ wd2 50000 100000; q */ hd2 50000 100000; x1 +- hc 0 r0; il +- hc 0 r0; it +- vc 0 q; ir +- hc r0 0; ib +- vc q 0; iw */ wd2 68000 100000; ih */ hd2 68000 100000',
      text: 'il it ir ib',
      paths: [
        'M x1 vc A r0 q cd2 cd2 A r0 q 0 cd2 Z',
        ...Array.from({ length: 8 }, (_, index) => ray(index * 45)),
      ],
    },
  ],
  [
    'moon',
    {
      adjust: 'adj val 50000',
      guides: 'a pin 0 adj 87500; x1 */ w a 100000; g +- w 0 x1; e +- 0 0 cd2',
      text: 'wd4 hd4 x1 b',
      paths: ['M r b A w hd2 cd4 cd2 A g hd2 3cd4 e Z'],
    },
  ],
  [
    'smileyFace',
    {
      guides: `x2 */ w 6215 21600; x3 */ w 13135 21600; y1 */ h 7570 21600; x1 */ w 4969 21600; x4 */ w 16640 21600; m */ h 16515 21600; d */ h 19000 21600; ew */ w 1125 21600; eh */ h 1125 21600; ${IN_ELLIPSE}`,
      text: 'il it ir ib',
      paths: [
        ELLIPSE,
        'M x2 y1 A ew eh cd2 21600000 Z M x3 y1 A ew eh cd2 21600000 Z:darken',
        'M x1 m Q hc d x4 m:none',
      ],
    },
  ],
  [
    'noSmoking',
    {
      adjust: 'adj val 18750',
      guides: `a pin 0 adj 50000; d */ ss a 100000; iw +- wd2 0 d; ih +- hd2 0 d; n +- 0 0 cd4; g */ d 70711 200000; jx */ iw 70711 100000; jy */ ih 70711 100000; x1 +- hc 0 jx; y1 +- vc 0 jy; x2 +- hc jx 0; y2 +- vc jy 0; p1 +- x1 g 0; p2 +- x1 0 g; p3 +- x2 g 0; p4 +- x2 0 g; q1 +- y1 g 0; q2 +- y1 0 g; q3 +- y2 g 0; q4 +- y2 0 g; ${IN_ELLIPSE}`,
      text: 'il it ir ib',
      paths: [
        `${ELLIPSE} M d vc A iw ih cd2 n A iw ih cd4 n A iw ih 0 n A iw ih 3cd4 n Z`,
        'M p1 q2 L p3 q4 L p4 q3 L p2 q1 Z',
      ],
    },
  ],
  [
    'leftBracket',
    {
      adjust: 'adj val 8333',
      guides: 'y1 */ ss adj 100000; y2 +- b 0 y1; il */ w 29289 100000',
      text: 'il t r b',
      paths: openPaths('M r b A w y1 cd4 cd4 L l y1 A w y1 cd2 cd4'),
    },
  ],
  [
    'rightBracket',
    {
      adjust: 'adj val 8333',
      guides: 'y1 */ ss adj 100000; y2 +- b 0 y1; ir */ w 70711 100000',
      text: 'l t ir b',
      paths: openPaths('M l t A w y1 3cd4 cd4 L r y2 A w y1 0 cd4'),
    },
  ],
  [
    'leftBrace',
    {
      adjust: 'adj1 val 8333; adj2 val 50000',
      guides:
        'y1 */ ss adj1 100000; y2 */ h adj2 100000; y3 +- y2 0 y1; y4 +- b 0 y1; n +- 0 0 cd4; il */ w 3 4; ye +- y2 y1 0',
      text: 'il t r b',
      paths: openPaths(
        'M r b A wd2 y1 cd4 cd4 L hc ye A wd2 y1 0 n A wd2 y1 cd4 n L hc y1 A wd2 y1 cd2 cd4',
      ),
    },
  ],
  [
    'rightBrace',
    {
      adjust: 'adj1 val 8333; adj2 val 50000',
      guides:
        'y1 */ ss adj1 100000; y2 */ h adj2 100000; y3 +- y2 0 y1; y4 +- b 0 y1; n +- 0 0 cd4; ir */ w 1 4',
      text: 'l t ir b',
      paths: openPaths(
        'M l t A wd2 y1 3cd4 cd4 L hc y3 A wd2 y1 cd2 n A wd2 y1 3cd4 n L hc y4 A wd2 y1 0 cd4',
      ),
    },
  ],
  [
    'bracketPair',
    {
      adjust: 'adj val 16667',
      guides: CORNERS,
      text: 'il il ir ib',
      paths: openPaths(
        'M x1 b A x1 x1 cd4 cd4 L l x1 A x1 x1 cd2 cd4',
        'M x2 t A x1 x1 3cd4 cd4 L r y2 A x1 x1 0 cd4',
      ),
    },
  ],
  [
    'bracePair',
    {
      adjust: 'adj val 8333',
      guides:
        'x1 */ ss adj 100000; x2 +- x1 x1 0; x3 +- r 0 x2; x4 +- r 0 x1; y2 +- vc 0 x1; y3 +- vc x1 0; y4 +- b 0 x1; n +- 0 0 cd4',
      text: 'x1 t x4 b',
      paths: openPaths(
        'M x2 b A x1 x1 cd4 cd4 L x1 y3 A x1 x1 0 n A x1 x1 cd4 n L x1 x1 A x1 x1 cd2 cd4',
        'M x3 t A x1 x1 3cd4 cd4 L x4 y2 A x1 x1 cd2 n A x1 x1 3cd4 n L x4 y4 A x1 x1 0 cd4',
      ),
    },
  ],
  [
    'flowChartPredefinedProcess',
    {
      guides: 'x2 */ w 7 8',
      text: 'wd8 t x2 b',
      paths: [BOX, 'M wd8 t L wd8 b:none', 'M x2 t L x2 b:none'],
    },
  ],
  [
    'flowChartInternalStorage',
    { text: 'wd8 hd8 r b', paths: [BOX, 'M wd8 t L wd8 b:none', 'M l hd8 L r hd8:none'] },
  ],
  [
    'flowChartDocument',
    {
      guides: 'y1 */ h 17322 21600; y2 */ h 20172 21600; y3 */ h 23922 21600',
      text: 'l t r y1',
      paths: ['M l t L r t L r y1 C hc y1 hc y3 l y2 Z'],
    },
  ],
  [
    'flowChartMultidocument',
    {
      guides:
        'x1 */ w 18595 21600; x2 */ w 1532 21600; x3 */ w 2972 21600; x4 */ w 20000 21600; a1 */ h 3675 21600; a2 */ h 1815 21600; y1 */ h 17000 21600; y2 */ h 20000 21600; y3 */ h 23000 21600; y4 */ h 16252 21600; y5 */ h 14392 21600; xm */ w 9298 21600',
      text: 'l a1 x1 y1',
      paths: [
        'M x3 a2 L x3 t L r t L r y5 L x4 y5 L x4 a2 Z',
        'M x2 a1 L x2 a2 L x4 a2 L x4 y4 L x1 y4 L x1 a1 Z',
        'M l a1 L x1 a1 L x1 y1 C xm y1 xm y3 l y2 Z',
      ],
    },
  ],
  [
    'flowChartTerminator',
    {
      guides: 'x1 */ w 3475 21600; x2 */ w 18125 21600; il */ w 1018 21600; ir */ w 20582 21600',
      text: 'il t ir b',
      paths: ['M x1 t L x2 t A x1 hd2 3cd4 cd2 L x1 b A x1 hd2 cd4 cd2 Z'],
    },
  ],
  [
    'flowChartOffpageConnector',
    { guides: 'y1 */ h 4 5', text: 'l t r y1', paths: ['M l t L r t L r y1 L hc b L l y1 Z'] },
  ],
  [
    'flowChartPunchedCard',
    {
      guides: 'x1 */ w 1 5; y1 */ h 1 5',
      text: 'l y1 r b',
      paths: ['M l y1 L x1 t L r t L r b L l b Z'],
    },
  ],
  ['flowChartCollate', { paths: ['M l t L r t L hc vc L r b L l b L hc vc Z'] }],
  [
    'flowChartDelay',
    {
      guides: 'ir */ w 85355 100000',
      text: 'l t ir b',
      paths: ['M l t L hc t A wd2 hd2 3cd4 cd2 L l b Z'],
    },
  ],
  [
    'flowChartDisplay',
    {
      guides: 'x1 */ w 1 6; x2 */ w 5 6',
      text: 'x1 t x2 b',
      paths: ['M l vc L x1 t L x2 t A x1 hd2 3cd4 cd2 L x1 b Z'],
    },
  ],
  [
    'flowChartOnlineStorage',
    {
      guides: 'x1 */ w 1 6; x2 */ w 5 6; n +- 0 0 cd2',
      text: 'x1 t x2 b',
      paths: ['M x1 t L r t A x1 hd2 3cd4 n L x1 b A x1 hd2 cd4 cd2 Z'],
    },
  ],
  [
    'mathPlus',
    {
      adjust: 'adj1 val 23520',
      guides:
        'dx */ w 73490 200000; dy */ h 73490 200000; d */ ss adj1 200000; x1 +- hc 0 dx; x2 +- hc 0 d; x3 +- hc d 0; x4 +- hc dx 0; y1 +- vc 0 dy; y2 +- vc 0 d; y3 +- vc d 0; y4 +- vc dy 0',
      text: 'x1 y2 x4 y3',
      paths: [
        'M x1 y2 L x2 y2 L x2 y1 L x3 y1 L x3 y2 L x4 y2 L x4 y3 L x3 y3 L x3 y4 L x2 y4 L x2 y3 L x1 y3 Z',
      ],
    },
  ],
  [
    'mathMinus',
    {
      adjust: 'adj1 val 23520',
      guides:
        'dy */ h adj1 200000; dx */ w 73490 200000; y1 +- vc 0 dy; y2 +- vc dy 0; x1 +- hc 0 dx; x2 +- hc dx 0',
      text: 'x1 y1 x2 y2',
      paths: ['M x1 y1 L x2 y1 L x2 y2 L x1 y2 Z'],
    },
  ],
  [
    'mathEqual',
    {
      adjust: 'adj1 val 23520; adj2 val 11760',
      guides:
        'd1 */ h adj1 100000; d2 */ h adj2 200000; dx */ w 73490 200000; y2 +- vc 0 d2; y3 +- vc d2 0; y1 +- y2 0 d1; y4 +- y3 d1 0; x1 +- hc 0 dx; x2 +- hc dx 0',
      text: 'x1 y1 x2 y4',
      paths: ['M x1 y1 L x2 y1 L x2 y2 L x1 y2 Z M x1 y3 L x2 y3 L x2 y4 L x1 y4 Z'],
    },
  ],
  [
    'mathMultiply',
    {
      adjust: 'adj1 val 23520',
      guides:
        'd */ ss adj1 200000; g */ d 70711 100000; kx */ w 26000 100000; ky */ h 26000 100000; x1 +- l kx 0; x2 +- r 0 kx; y1 +- t ky 0; y2 +- b 0 ky; p1 +- x1 g 0; p2 +- x1 0 g; p3 +- x2 0 g; p4 +- x2 g 0; q1 +- y1 g 0; q2 +- y1 0 g; q3 +- y2 0 g; q4 +- y2 g 0; g2 +- g g 0; m1 +- vc 0 g2; m2 +- vc g2 0; n1 +- hc 0 g2; n2 +- hc g2 0',
      paths: [
        'M p2 q1 L p1 q2 L hc m1 L p3 q2 L p4 q1 L n2 vc L p4 q3 L p3 q4 L hc m2 L p1 q4 L p2 q3 L n1 vc Z',
      ],
    },
  ],
  [
    'leftArrowCallout',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000; adj4 val 64977',
      guides:
        'dy1 */ ss adj2 100000; dy2 */ ss adj1 200000; y1 +- vc 0 dy1; y2 +- vc 0 dy2; y3 +- vc dy2 0; y4 +- vc dy1 0; x1 */ ss adj3 100000; d */ w adj4 100000; x2 +- r 0 d',
      text: 'x2 t r b',
      paths: ['M l vc L x1 y1 L x1 y2 L x2 y2 L x2 t L r t L r b L x2 b L x2 y3 L x1 y3 L x1 y4 Z'],
    },
  ],
  [
    'upArrowCallout',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000; adj4 val 64977',
      guides:
        'dx1 */ ss adj2 100000; dx2 */ ss adj1 200000; x1 +- hc 0 dx1; x2 +- hc 0 dx2; x3 +- hc dx2 0; x4 +- hc dx1 0; y1 */ ss adj3 100000; d */ h adj4 100000; y2 +- b 0 d',
      text: 'l y2 r b',
      paths: ['M l y2 L x2 y2 L x2 y1 L x1 y1 L hc t L x4 y1 L x3 y1 L x3 y2 L r y2 L r b L l b Z'],
    },
  ],
  [
    'leftUpArrow',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000',
      guides:
        'x1 */ ss adj3 100000; d2 */ ss adj2 50000; x2 +- r 0 d2; y2 +- b 0 d2; c */ ss adj2 100000; x4 +- r 0 c; y4 +- b 0 c; d3 */ ss adj1 200000; x3 +- x4 0 d3; x5 +- x4 d3 0; y3 +- y4 0 d3; y5 +- y4 d3 0',
      text: 'x1 y3 x5 y5',
      paths: [
        'M l y4 L x1 y2 L x1 y3 L x3 y3 L x3 x1 L x2 x1 L x4 t L r x1 L x5 x1 L x5 y5 L x1 y5 L x1 b Z',
      ],
    },
  ],
  [
    'leftRightUpArrow',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000',
      guides:
        'x1 */ ss adj3 100000; d2 */ ss adj2 100000; x2 +- hc 0 d2; x5 +- hc d2 0; d3 */ ss adj1 200000; x3 +- hc 0 d3; x4 +- hc d3 0; x6 +- r 0 x1; d4 */ ss adj2 50000; y2 +- b 0 d4; y4 +- b 0 d2; y3 +- y4 0 d3; y5 +- y4 d3 0',
      text: 'x1 y3 x6 y5',
      paths: [
        'M l y4 L x1 y2 L x1 y3 L x3 y3 L x3 x1 L x2 x1 L hc t L x5 x1 L x4 x1 L x4 y3 L x6 y3 L x6 y2 L r y4 L x6 b L x6 y5 L x1 y5 L x1 b Z',
      ],
    },
  ],
  [
    'uturnArrow',
    {
      adjust: 'adj1 val 25000; adj2 val 25000; adj3 val 25000; adj4 val 43750; adj5 val 75000',
      guides:
        'th */ ss adj1 100000; aw */ ss adj2 100000; th2 */ th 1 2; dh +- aw 0 th2; y5 */ h adj5 100000; ah */ ss adj3 100000; y4 +- y5 0 ah; x9 +- r 0 dh; bw */ x9 1 2; bs min bw y4; bd */ ss adj4 100000; bd0 min bd bs; in +- bd0 0 th; bd2 max in 0; x3 +- th bd2 0; x8 +- r 0 aw; x6 +- x8 0 aw; x7 +- x6 dh 0; x4 +- x9 0 bd0; x5 +- x7 0 bd2; n +- 0 0 cd4',
      paths: [
        'M l b L l bd0 A bd0 bd0 cd2 cd4 L x4 t A bd0 bd0 3cd4 cd4 L x9 y4 L r y4 L x8 y5 L x6 y4 L x7 y4 L x7 x3 A bd2 bd2 0 n L x3 th A bd2 bd2 3cd4 n L th b Z',
      ],
    },
  ],
  [
    'circularArrow',
    {
      adjust:
        'adj1 val 12500; adj2 val 1142319; adj3 val 20457681; adj4 val 10800000; adj5 val 12500',
      guides: `hw */ ss adj5 100000; th */ ss adj1 100000; th2 */ th 1 2; rw +- wd2 0 hw; rh +- hd2 0 hw; ow +- rw th2 0; oh +- rh th2 0; iw +- rw 0 th2; ih +- rh 0 th2; hx +- rw hw 0; hy +- rh hw 0; kx +- rw 0 hw; ky +- rh 0 hw; s pin 0 adj4 21599999; e pin 0 adj3 21599999; d +- e 0 s; f +- d 21600000 0; sw ?: d d f; back +- 0 0 sw; tip +- e adj2 0; ${pointAt('o', 'ow', 'oh', 's')}; ${pointAt('i', 'iw', 'ih', 'e')}; ${pointAt('a', 'hx', 'hy', 'e')}; ${pointAt('z', 'kx', 'ky', 'e')}; ${pointAt('p', 'rw', 'rh', 'tip')}`,
      paths: ['M ox oy A ow oh s sw L ax ay L px py L zx zy L ix iy A iw ih e back Z'],
    },
  ],
  ['gear6', gear(6)],
  ['gear9', gear(9)],
  [
    'funnel',
    {
      guides:
        'y1 */ h 1 4; x1 */ w 2 5; x2 */ w 3 5; y2 */ h 9 10; iw */ w 9 20; ih */ h 1 5; x3 */ w 1 20; xr */ w 19 20; n +- 0 0 cd2; rw */ w 1 10; rh */ h 1 10',
      paths: [
        'M l y1 A wd2 y1 cd2 cd2 L x2 y2 A rw rh 0 cd2 Z M x3 y1 A iw ih cd2 n A iw ih 0 n Z',
      ],
    },
  ],
  [
    'pieWedge',
    {
      guides: 'it */ h 7 24; il */ w 7 24',
      text: 'il it r b',
      paths: ['M l b A w h cd2 cd4 L r b Z'],
    },
  ],
  [
    'wave',
    {
      adjust: 'adj1 val 12500; adj2 val 0',
      guides:
        'y1 */ h adj1 100000; d */ y1 10 3; y2 +- y1 0 d; y3 +- y1 d 0; y4 +- b 0 y1; y5 +- y4 0 d; y6 +- y4 d 0; x1 */ w 1 3; x2 */ w 2 3; it */ y1 2 1; ib +- b 0 it',
      text: 'l it r ib',
      paths: ['M l y1 C x1 y2 x2 y3 r y1 L r y4 C x2 y6 x1 y5 l y4 Z'],
    },
  ],
  [
    'doubleWave',
    {
      adjust: 'adj1 val 6250; adj2 val 0',
      guides:
        'y1 */ h adj1 100000; d */ y1 10 3; y2 +- y1 0 d; y3 +- y1 d 0; y4 +- b 0 y1; y5 +- y4 0 d; y6 +- y4 d 0; x1 */ w 1 3; x2 */ w 2 3; x4 */ w 5 6; it */ y1 2 1; ib +- b 0 it',
      text: 'l it r ib',
      paths: [
        'M l y1 C wd6 y2 x1 y3 hc y1 C x2 y2 x4 y3 r y1 L r y4 C x4 y6 x2 y5 hc y4 C x1 y6 wd6 y5 l y4 Z',
      ],
    },
  ],
  [
    'flowChartPunchedTape',
    {
      guides:
        'y1 */ h 1 10; y2 */ h -23 100; y3 */ h 43 100; y4 */ h 9 10; y5 */ h 57 100; y6 */ h 123 100; x1 */ w 1 3; x2 */ w 2 3; it */ h 1 5; ib */ h 4 5',
      text: 'l it r ib',
      paths: ['M l y1 C x1 y3 x2 y2 r y1 L r y4 C x2 y5 x1 y6 l y4 Z'],
    },
  ],
  [
    'flowChartMagneticTape',
    {
      guides: `k */ hd2 70711 100000; y +- vc k 0; j */ wd2 70711 100000; x +- hc j 0; ${IN_ELLIPSE}`,
      text: 'il it ir ib',
      paths: [
        'M hc b A wd2 hd2 cd4 cd4 A wd2 hd2 cd2 cd4 A wd2 hd2 3cd4 cd4 A wd2 hd2 0 cd8 L r y L r b Z',
      ],
    },
  ],
  [
    'mathDivide',
    {
      adjust: 'adj1 val 23520; adj2 val 5880; adj3 val 11760',
      guides:
        'dy */ h adj1 200000; y1 +- vc 0 dy; y2 +- vc dy 0; dx */ w 73490 200000; x1 +- hc 0 dx; x2 +- hc dx 0; rd */ h adj3 100000; g */ h adj2 100000; ya +- y1 0 g; yb +- y2 g 0; yt +- ya 0 rd; yu +- yb rd 0; xl +- hc 0 rd',
      paths: [
        'M x1 y1 L x2 y1 L x2 y2 L x1 y2 Z M xl yt A rd rd cd2 21600000 Z M xl yu A rd rd cd2 21600000 Z',
      ],
    },
  ],
  ['borderCallout1', lineCallout('18750 -8333 112500 -38333')],
  ['borderCallout2', lineCallout('18750 -8333 18750 -16667 112500 -46667')],
  ['borderCallout3', lineCallout('18750 -8333 18750 -16667 100000 -16667 112963 -8333')],
  ['accentCallout1', lineCallout('18750 -8333 112500 -38333', 'accent')],
  ['accentCallout2', lineCallout('18750 -8333 18750 -16667 112500 -46667', 'accent')],
  ['callout1', lineCallout('18750 -8333 112500 -38333', 'bare')],
  ['callout2', lineCallout('18750 -8333 18750 -16667 112500 -46667', 'bare')],
  ['accentBorderCallout1', lineCallout('18750 -8333 112500 -38333', 'both')],
  ['accentBorderCallout2', lineCallout('18750 -8333 18750 -16667 112500 -46667', 'both')],
  ['ribbon', ribbon('t', 'y2', 'y1', 'b')],
  ['ribbon2', ribbon('b', 'y3', 'y4', 't')],
  [
    'verticalScroll',
    {
      adjust: 'adj val 12500',
      guides: 'c */ ss adj 100000; c2 */ c 1 2; x2 +- r 0 c; y2 +- b 0 c',
      text: 'c c x2 y2',
      paths: [
        'M c t L r t L r c L x2 c L x2 b L l b L l y2 L c y2 Z',
        'M c t L c y2 M c c L r c:none',
      ],
    },
  ],
  [
    'horizontalScroll',
    {
      adjust: 'adj val 12500',
      guides: 'c */ ss adj 100000; x2 +- r 0 c; y2 +- b 0 c',
      text: 'c c x2 y2',
      paths: [
        'M l c L x2 c L x2 t L r t L r y2 L c y2 L c b L l b Z',
        'M x2 c L r c M c y2 L c c:none',
      ],
    },
  ],
])

/** A line that is not closed, though what is between its ends is filled. */
function openPaths(...lines: readonly string[]): readonly string[] {
  const [first = '', ...others] = lines
  const around = [first, ...others.map((each) => each.replace(/^M/, 'L'))].join(' ')
  return [`${around} Z:no outline`, ...lines.map((each) => `${each}:none`)]
}

/** The guides of a place in a direction from the middle, on an ellipse. */
function pointAt(name: string, width: string, height: string, direction: string): string {
  return `${name}c cos ${height} ${direction}; ${name}s sin ${width} ${direction}; ${name}u cat2 ${width} ${name}c ${name}s; ${name}v sat2 ${height} ${name}c ${name}s; ${name}x +- hc ${name}u 0; ${name}y +- vc ${name}v 0`
}

/** A wheel with teeth. */
function gear(teeth: number): PresetShape {
  const edges = [-0.32, -0.2, 0.2, 0.32]
  const places = Array.from({ length: teeth * edges.length }, (_, index) => {
    const tooth = Math.floor(index / edges.length)
    const edge = index % edges.length
    const angle = ((tooth + (edges[edge] ?? 0)) / teeth) * 2 * Math.PI - Math.PI / 2
    const reach = edge === 0 || edge === 3 ? 76_000 : 100_000
    return placeAt(angle, 'wd2', 'hd2', reach)
  })
  return { guides: IN_ELLIPSE, text: 'il it ir ib', paths: [`M ${places.join(' L ')} Z`] }
}

/**
 * A box with a line to what it tells of.
 *
 * @param places - of the line, as y and x in turn, in hundred-thousandths of the size
 */
function lineCallout(
  places: string,
  look: 'accent' | 'bare' | 'both' | 'border' = 'border',
): PresetShape {
  const numbers = places.split(' ')
  const names = numbers.map((_, index) => `adj${index + 1}`)
  const guides = names.map(
    (name, index) => `p${index} */ ${index % 2 === 0 ? 'h' : 'w'} ${name} 100000`,
  )
  const steps = Array.from(
    { length: numbers.length / 2 },
    (_, index) => `${index === 0 ? 'M' : 'L'} p${index * 2 + 1} p${index * 2}`,
  )
  const hasBorder = look === 'border' || look === 'both'
  return {
    adjust: names.map((name, index) => `${name} val ${numbers[index]}`).join('; '),
    guides: guides.join('; '),
    paths: [
      hasBorder ? BOX : `${BOX}:no outline`,
      `${steps.join(' ')}:none`,
      ...(look === 'accent' || look === 'both' ? ['M p1 t L p1 b:none'] : []),
    ],
  }
}

/** A ribbon, whose ends hang behind its middle. */
function ribbon(front: string, behind: string, fold: string, end: string): PresetShape {
  return {
    adjust: 'adj1 val 16667; adj2 val 50000',
    guides:
      'y1 */ h adj1 100000; y2 +- b 0 y1; y3 */ h adj1 100000; y4 +- b 0 y3; dx */ w adj2 200000; x2 +- hc 0 dx; x9 +- hc dx 0; x3 +- x2 wd8 0; x8 +- x9 0 wd8; n +- r 0 wd8',
    text: front === 't' ? 'x2 t x9 y2' : 'x2 y3 x9 b',
    paths: [
      `M l ${fold} L x3 ${fold} L x3 ${end} L l ${end} L wd8 vc Z`,
      `M r ${fold} L x8 ${fold} L x8 ${end} L r ${end} L n vc Z`,
      `M x2 ${front} L x9 ${front} L x9 ${behind} L x2 ${behind} Z`,
    ],
  }
}

/** Where an arc begins whose direction is a guide. */
function arcStart(direction: string): string {
  return `ac cos hd2 ${direction}; as sin wd2 ${direction}; ox cat2 wd2 ac as; oy sat2 hd2 ac as; ax +- hc ox 0; ay +- vc oy 0`
}

/** A pentagon, or a star with as many points, which reach the edges of its box. */
function star5(isStar: boolean): PresetShape {
  const guides =
    'adj val 19098; a pin 0 adj 50000; sw */ wd2 105146 100000; sh */ hd2 110557 100000; cy */ vc 110557 100000; iw */ sw a 50000; ih */ sh a 50000'
  const radius = (index: number): readonly [string, string] =>
    isStar && index % 2 === 1 ? ['iw', 'ih'] : ['sw', 'sh']
  return {
    ...(isStar && { adjust: 'adj val 19098' }),
    guides: isStar ? guides.replace('adj val 19098; ', '') : guides,
    paths: [ring(isStar ? 10 : 5, 0, radius).replaceAll('(vc ', '(cy ')],
  }
}

/** A polygon of places in a box of 21,600. */
function polygonOf(places: string): string {
  const steps = places.split(', ').map((place) => {
    const [x = '0', y = '0'] = place.split(' ')
    return `(l w ${Math.round(Number(x) / 0.216)}) (t h ${Math.round(Number(y) / 0.216)})`
  })
  return `M ${steps.join(' L ')} Z`
}

/** A place in a direction from the middle, in radians clockwise from the right, of an ellipse. */
function placeAt(angle: number, x: string, y: string, reach = 100_000): string {
  return `(hc ${x} ${Math.round(Math.cos(angle) * reach)}) (vc ${y} ${Math.round(Math.sin(angle) * reach)})`
}

/** A ray of a sun. */
function ray(degrees: number): string {
  const [tip, one, other] = [0, 14, -14].map((by) => ((degrees + by) * Math.PI) / 180)
  return `M ${placeAt(tip ?? 0, 'wd2', 'hd2')} L ${placeAt(one ?? 0, 'iw', 'ih')} L ${placeAt(other ?? 0, 'iw', 'ih')} Z`
}

/** Bulges around an ellipse. */
function cloud(): PresetShape {
  const bulges = 9
  const step = (2 * Math.PI) / bulges
  const at = (index: number, reach: number): string => placeAt(index * step, 'wd2', 'hd2', reach)
  const curves = Array.from(
    { length: bulges },
    (_, index) =>
      `C ${at(index + 0.1, 118_000)} ${at(index + 0.9, 118_000)} ${at(index + 1, 84_000)}`,
  )
  return {
    guides: IN_ELLIPSE,
    text: 'il it ir ib',
    paths: [`M ${at(0, 84_000)} ${curves.join(' ')} Z`],
  }
}
