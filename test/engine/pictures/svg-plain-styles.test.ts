import assert from 'node:assert/strict'
import sharp from 'sharp'
import { toKnownColours } from '../../../src/engine/pictures/svg-colours.ts'
import { toPlainStyles } from '../../../src/engine/pictures/svg-plain-styles.ts'
import { hasNewerStyles } from '../../../src/engine/pictures/what-svg-has.ts'

const SCREEN = { width: 100, height: 60 }

/** A text as one character a byte. */
const latin = (text: string): string => Buffer.from(text).toString('latin1')

const drawing = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 60" width="100" height="60">${content}</svg>`

const NOTHING = '0,0,0,0'
const BLACK = '0,0,0,255'
const RED = '255,0,0,255'
const GREEN = '0,128,0,255'
const BLUE = '0,0,255,255'

type Place = readonly [x: number, y: number, colour: string]

const whole = (style: string, attributes = ''): string =>
  `<style>${style}</style><g class="outer"><rect class="a" id="i" width="100" height="60" ${attributes}/></g>`
const everywhere = (colour: string): readonly Place[] => [[50, 30, colour]]

/** A drawing's content, and what browsers show at some of its places. */
const TABLE: Readonly<Record<string, readonly [content: string, places: readonly Place[]]>> = {
  'a rule within another': [whole('.outer{rect{fill:green}}'), everywhere(GREEN)],
  'a rule that names the one it is in': [
    whole('.a{fill:red;.outer &amp;{fill:green}}'),
    everywhere(GREEN),
  ],
  'a rule of a child': [whole('.outer{>.a{fill:green}}'), everywhere(GREEN)],
  'a rule within another that counts as the one that counts most': [
    whole('#i,.b{&amp;{fill:green}} .a.a{fill:red}'),
    everywhere(GREEN),
  ],
  'a rule under a condition within another': [
    whole('.a{fill:red;@media (min-width:50px){fill:green}}'),
    everywhere(GREEN),
  ],
  'what is declared behind a rule within': [
    whole('.a{rect&amp;{fill:red}fill:green}'),
    everywhere(RED),
  ],
  'layers in the order of their names': [
    whole('@layer one,two;@layer two{.a{fill:green}}@layer one{#i{fill:red}}'),
    everywhere(GREEN),
  ],
  'what is in no layer': [whole('rect{fill:green}@layer{#i{fill:red}}'), everywhere(GREEN)],
  'what is important, in the first layer': [
    whole('@layer one{.a{fill:green!important}}@layer two{.a{fill:red!important}}'),
    everywhere(GREEN),
  ],
  'a layer within another': [
    whole('@layer x{@layer y{#i{fill:red}}rect{fill:green}}'),
    everywhere(GREEN),
  ],
  'one of several selectors': [
    whole(':is(circle,.a){fill:green}rect{fill:red}'),
    everywhere(GREEN),
  ],
  'selectors that count nothing': [
    whole(':where(#i){fill:red}rect{fill:green}'),
    everywhere(GREEN),
  ],
  'what something is not': [
    whole('rect:not(.b,#j){fill:green}rect.a{fill:red}'),
    everywhere(GREEN),
  ],
  'what something has': [whole('g:has(> .a) rect{fill:green}'), everywhere(GREEN)],
  'a namespace before a type': [
    whole('@namespace s url(http://www.w3.org/2000/svg);s|rect:is(.a){fill:green}'),
    everywhere(GREEN),
  ],
  'a selector that nobody knows': [whole('.outer{rect{fill:green}}:nobody(x){'), everywhere(GREEN)],
  'a variable that has a value from the beginning': [
    whole('@property --c{syntax:"*";inherits:false;initial-value:green}.a{fill:var(--c)}'),
    everywhere(GREEN),
  ],
  'sheets for other media, and of other types': [
    `<style media="print">rect{fill:red}</style><style type="text/x">rect{fill:red}</style>${whole('rect{fill:green}')}`,
    everywhere(GREEN),
  ],
  'the place of what is drawn again, and no size': [
    '<style>.u{x:50px;width:5px}</style><symbol id="s" viewBox="0 0 1 1" preserveAspectRatio="none"><rect width="1" height="1"/></symbol><use class="u" href="#s"/>',
    [
      [90, 55, BLACK],
      [48, 30, NOTHING],
    ],
  ],
  'no size of a drawing within': [
    '<svg style="x:50px;width:5px" viewBox="0 0 1 1" preserveAspectRatio="none"><rect width="1" height="1"/></svg>',
    everywhere(BLACK),
  ],
  'transformations that are reckoned': [
    '<rect width="20" height="20" style="transform:translate(calc(10px + 20px),20px) rotate(calc(90deg))"/>',
    [
      [20, 30, BLACK],
      [40, 30, NOTHING],
    ],
  ],
  'text of CSS that looks like brackets': [
    whole('.a{--x:"}";/* } */fill:green}.a:is(.b){fill:red}'),
    everywhere(GREEN),
  ],
  'a mix with the own colour': [
    whole('', 'color="red" style="fill:color-mix(in srgb, currentColor 100%, blue)"'),
    everywhere(RED),
  ],
  'a part of the view': [
    '<rect style="width:calc(50% - 10px)" height="60"/>',
    [
      [38, 30, BLACK],
      [42, 30, NOTHING],
    ],
  ],
  'an outline in CSS': [
    '<path d="M0 0h9v9z" style="d:path(\'M60 0h40v60h-40z\')"/>',
    [
      [80, 50, BLACK],
      [5, 2, NOTHING],
    ],
  ],
  'the middle of a shape': [
    '<rect x="20" y="20" width="60" height="20" style="transform:rotate(90deg);transform-box:fill-box;transform-origin:center"/>',
    [
      [50, 5, BLACK],
      [25, 30, NOTHING],
    ],
  ],
  'the middle of the view': [
    '<rect width="20" height="60" style="transform:scaleX(-1);transform-origin:50% 0"/>',
    [
      [90, 30, BLACK],
      [10, 30, NOTHING],
    ],
  ],
  'an origin that is an attribute': [
    '<rect width="20" height="20" transform="rotate(180)" transform-origin="20 20"/>',
    [
      [30, 30, BLACK],
      [10, 10, NOTHING],
    ],
  ],
  'transformations of one kind': [
    '<rect width="10" height="10" style="translate:50px 20px;scale:2 1;rotate:0.5turn"/>',
    [
      [40, 15, BLACK],
      [60, 15, NOTHING],
    ],
  ],
  'the box of a group': [
    '<g style="transform-box:fill-box;transform-origin:100% 100%;transform:scale(.5)"><rect width="20" height="20"/><circle cx="80" cy="40" r="20" fill="red"/></g>',
    [
      [55, 35, BLACK],
      [90, 50, RED],
      [80, 25, NOTHING],
    ],
  ],
  'the transformation of the whole': [
    '<style>svg{transform:scale(.5)}</style><rect width="100" height="60"/>',
    [
      [50, 30, BLACK],
      [20, 30, NOTHING],
      [80, 30, NOTHING],
    ],
  ],
  'a circle that cuts': [
    '<rect width="60" height="60" style="clip-path:circle(50%)"/>',
    [
      [30, 30, BLACK],
      [3, 3, NOTHING],
    ],
  ],
  'a polygon that cuts': [
    '<rect x="40" width="60" height="60" style="clip-path:polygon(evenodd, 0 0, 50% 0, 50% 100%, 0 30px)"/>',
    [
      [60, 10, BLACK],
      [90, 30, NOTHING],
    ],
  ],
  'an inset with round corners': [
    '<rect width="100" height="60" style="clip-path:inset(0 20px round 30px)"/>',
    [
      [50, 30, BLACK],
      [22, 2, NOTHING],
      [10, 30, NOTHING],
    ],
  ],
  'an ellipse in the view': [
    '<rect width="100" height="60" style="clip-path:ellipse(closest-side 10px at right 20px top 30px) view-box"/>',
    [
      [80, 30, BLACK],
      [80, 45, NOTHING],
      [50, 30, NOTHING],
    ],
  ],
  'a path that cuts': [
    '<rect x="10" width="90" height="60" style="clip-path:path(\'M0 0h20v20h-20z\')"/>',
    [
      [20, 10, BLACK],
      [5, 10, NOTHING],
      [40, 10, NOTHING],
    ],
  ],
  'a cut around the line of a shape': [
    '<rect x="40" y="20" width="20" height="20" stroke="red" stroke-width="20" style="clip-path:inset(50% 0 0 0)"/>',
    [
      [35, 40, RED],
      [50, 25, NOTHING],
    ],
  ],
  'dashes by a told length': [
    '<path d="M0 30h100" pathLength="4" stroke-dasharray="1" stroke="red" stroke-width="20"/>',
    [
      [12, 30, RED],
      [37, 30, NOTHING],
      [62, 30, RED],
    ],
  ],
  'dashes around a circle': [
    '<circle cx="50" cy="30" r="20" pathLength="100" style="fill:none;stroke:red;stroke-width:10;stroke-dasharray:25 75"/>',
    [
      [64, 44, RED],
      [36, 44, NOTHING],
      [64, 16, NOTHING],
    ],
  ],
  'a gradient from a place to itself': [
    '<linearGradient id="g" x1="20%" x2=".2"><stop stop-color="red"/><stop offset="1" stop-color="green"/></linearGradient><rect width="100" height="60" fill="url(#g)"/>',
    everywhere(GREEN),
  ],
  'a gradient around nothing': [
    '<radialGradient id="g" r="0" xlink:href="#s"/><linearGradient id="s"><stop stop-color="red"/><stop offset="1" style="stop-color:green"/></linearGradient><rect width="100" height="60" fill="url(#g)"/>',
    everywhere(GREEN),
  ],
  'a gradient that begins again behind its last stop': [
    '<linearGradient id="g" spreadMethod="repeat" x2=".5"><stop stop-color="red"/><stop offset=".2" stop-color="blue"/></linearGradient><rect width="100" height="60" fill="url(#g)"/>',
    [
      [48, 30, BLUE],
      [98, 30, BLUE],
    ],
  ],
  'a gradient in linear light': [
    '<linearGradient id="g" color-interpolation="linearRGB"><stop stop-color="red"/><stop offset="1" stop-color="lime"/></linearGradient><rect width="100" height="60" fill="url(#g)"/>',
    [[50, 30, '187,189,0,255']],
  ],
}

describe('what rules and newer properties say of a drawing', () => {
  for (const [title, [content, places]] of Object.entries(TABLE)) {
    it(`is drawn as browsers draw it: ${title}`, async () => {
      const svg = drawing(content)
      assert.ok(hasNewerStyles(svg))
      const { data } = await sharp(Buffer.from(toKnownColours(toPlainStyles(svg, SCREEN))))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      for (const [x, y, colour] of places) {
        const at = 4 * (y * 100 + x)
        assert.equal(data.subarray(at, at + 4).join(), colour, `at ${x}, ${y}`)
      }
    })
  }

  it('is left as it is where librsvg knows it all', () => {
    const known =
      '<style>@keyframes a{from{x:0}to{x:1}}.a > rect:first-child{fill:red}</style><g transform="scale(2)" clip-path="url(#c)"/>'
    assert.equal(hasNewerStyles(drawing(known)), false)
  })

  it('shows letters in the case that they are told to have', () => {
    const svg = drawing(
      '<text style="text-transform:uppercase">stra\u00dfe &amp; <tspan>\u00e9</tspan></text>',
    )
    const plain = toPlainStyles(latin(svg), SCREEN)
    assert.ok(plain.includes(latin('>STRASSE &amp; <tspan>\u00c9</tspan>')), plain)
  })

  it('parts what is said of fonts, in its place', () => {
    const style = "font-weight:900;font:italic 10px/2 'A B', serif;font-size:12px;--x:1"
    const plain = toPlainStyles(drawing(`<text style="${style}">a</text>`), SCREEN)
    const families = 'font-family:&apos;A B&apos;, serif'
    const font = `font-weight:normal;font-style:italic;font-variant:normal;font-size:12px;${families}`
    assert.ok(plain.includes(`<text style="${font}">`), plain)
  })

  it('takes no longer for selectors within each other', () => {
    const sheet = '.a,.b,.c,.d,.e,.f,.g,.h{'.repeat(8) + 'x:1' + '}'.repeat(8)
    const plain = toPlainStyles(drawing(`<style>${sheet}</style><rect class="a"/>`), SCREEN)
    assert.match(plain, /<rect class="a"\/>/)
  })

  it('is said by the elements themselves, beside fonts and animations', () => {
    const sheet = '@font-face{font-family:"A&amp;B"}@layer a{rect{fill:red}}@keyframes k{to{x:1}}'
    const plain = toPlainStyles(drawing(`<style>${sheet}</style><rect style="x:1px"/>`), SCREEN)
    const left = '@font-face{font-family:&quot;A&amp;B&quot;}@keyframes k{to{x:1}}'
    assert.ok(plain.includes(`<style>${left}</style>`), plain)
    assert.match(plain, /<rect style="x:1px;fill:red"/)
  })
})
