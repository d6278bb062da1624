import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { findLeftOut } from '../../../src/engine/pictures/svg-left-out.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const svg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 60" width="90" height="60">${content}</svg>`

/** What is told, what has it, and the same without. */
const LEFT_OUT: readonly (readonly [words: RegExp, content: string, without: string])[] = [
  [
    /^HTML/,
    '<foreignObject width="90" height="60"><p xmlns="http://www.w3.org/1999/xhtml" style="background:red">a</p></foreignObject>',
    '',
  ],
  [
    /^scripts/,
    '<script>document.documentElement.remove()</script><path d="M0 0h9v9z"/>',
    '<path d="M0 0h9v9z"/>',
  ],
  [
    /^animations$/,
    '<rect width="9" height="9"><animate attributeName="width" to="50" dur="1s" fill="freeze"/></rect>',
    '<rect width="9" height="9"/>',
  ],
  [
    /^animations of CSS/,
    '<style>@keyframes a{to{fill:red}}rect{animation:a 1s both}</style><rect width="9" height="9"/>',
    '<rect width="9" height="9"/>',
  ],
  [
    /^texts along/,
    '<path id="p" d="M5 50h80" fill="none"/><text><textPath href="#p">Hello</textPath></text>',
    '',
  ],
  [
    /^distances of words/,
    '<text y="50" style="word-spacing:9px">a b</text>',
    '<text y="50" style="word-spacing:normal">a b</text>',
  ],
  [
    /^rules in a scope/,
    '<style>@scope (g){rect{fill:red}}</style><g><rect width="9" height="9"/></g>',
    '<g><rect width="9" height="9"/></g>',
  ],
  [
    /^colours that are made/,
    '<rect width="9" height="9" fill="lch(from red l c h)"/>',
    '<rect width="9" height="9"/>',
  ],
  [/^lengths of texts/, '<text y="50" textLength="80">Hi</text>', '<text y="50">Hi</text>'],
  [
    /^pictures or parts/,
    '<image width="90" height="60" xlink:href="https://localhost/a.png"/><use href="other.svg#a"/>',
    '',
  ],
  [
    /^style sheets/,
    '<style>@import url("a.css");</style><path d="M0 0h9v9z"/>',
    '<path d="M0 0h9v9z"/>',
  ],
  [
    /^rules under/,
    '<style>@container (width>9px){rect{fill:red}}</style><rect width="9" height="9"/>',
    '<rect width="9" height="9"/>',
  ],
  [
    /^rules in layers/,
    '<style>@layer a{rect{fill:red}}</style><rect width="9" height="9"/>',
    '<rect width="9" height="9"/>',
  ],
  [
    /^mixed colours/,
    '<rect width="9" height="9" fill="color-mix(in srgb, red, blue)"/>',
    '<rect width="9" height="9"/>',
  ],
  [
    /^lengths that are told of paths/,
    '<path d="M0 9h90" stroke="red" stroke-width="9" stroke-dasharray="2" pathLength="10"/>',
    '<path d="M0 9h90" stroke="red" stroke-width="9" stroke-dasharray="2"/>',
  ],
  [
    /^shapes of CSS/,
    '<rect width="90" height="60" style="clip-path:polygon(0 0,50px 0,50px 50px)"/>',
    '<rect width="90" height="60"/>',
  ],
  [
    /^lengths that are computed/,
    '<rect width="30" height="9"/><rect style="width:calc(20px + 30%)" height="50"/>',
    '<rect width="30" height="9"/>',
  ],
  [
    /^origins/,
    '<rect width="50" height="50" style="transform:rotate(45deg);transform-origin:25px 25px"/>',
    '<rect width="50" height="50" style="transform:rotate(45deg)"/>',
  ],
  [
    /^selectors/,
    '<style>:is(rect,circle){fill:red}</style><rect width="50" height="50"/>',
    '<rect width="50" height="50"/>',
  ],
  [
    /^outlines that CSS tells/,
    '<path d="M0 0h9v9z" style="d:path(\'M0 0h50v50z\')"/>',
    '<path d="M0 0h9v9z"/>',
  ],
  [
    /^transformations of one kind/,
    '<rect width="50" height="50" style="rotate:45deg"/>',
    '<rect width="50" height="50"/>',
  ],
  [
    /^transformations in space/,
    '<rect width="9" height="9" style="transform:rotateX(60deg)"/>',
    '<rect width="9" height="9"/>',
  ],
  [
    /^ways that elements follow/,
    '<rect width="9" height="9" style="offset-path:path(\'M9 9H50\')"/>',
    '<rect width="9" height="9"/>',
  ],
  [
    /^shadows of texts/,
    '<text y="50" style="text-shadow:1px 1px red">a</text>',
    '<text y="50" style="text-shadow:none">a</text>',
  ],
  [
    /^outlines around/,
    '<rect width="9" height="9" style="outline:2px solid red"/>',
    '<rect width="9" height="9" style="outline:none"/>',
  ],
  [
    /^masks that are told/,
    '<rect width="9" height="9" style="mask-image:linear-gradient(red,blue)"/>',
    '<rect width="9" height="9" style="mask:none"/>',
  ],
  [
    /^lengths by the size/,
    '<rect width="9" height="50"/><rect style="width:50vw" height="9"/>',
    '<rect width="9" height="50"/>',
  ],
  [/^letters that are turned/, '<text y="50" rotate="0 90">Hi</text>', '<text y="50">Hi</text>'],
  [
    /^gradients in linear light/,
    '<linearGradient id="g" color-interpolation="linearRGB"><stop stop-color="red"/><stop offset="1" stop-color="lime"/></linearGradient><rect width="50" height="50" fill="url(#g)"/>',
    '<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="lime"/></linearGradient><rect width="50" height="50" fill="url(#g)"/>',
  ],
  [
    /^gradients of a mesh/,
    '<meshgradient id="m"><meshrow/></meshgradient><rect width="9" height="9" fill="url(#m)"/>',
    '<rect width="9" height="9" fill="none"/>',
  ],
]

describe('what of an SVG is not drawn', () => {
  const folder = useTemporaryFolder()

  for (const [words, content, without] of LEFT_OUT) {
    it(`is told: ${String(words)}`, async () => {
      const [told, ...others] = findLeftOut(svg(content))
      assert.match(told ?? '', words)
      assert.deepEqual(others, [])
      assert.deepEqual(findLeftOut(svg(without)), [])
      // As long as it is indeed as if it were not there.
      const drawn = [content, without].map((each) =>
        sharp(Buffer.from(svg(each)))
          .raw()
          .toBuffer(),
      )
      const [one, other] = await Promise.all(drawn)
      assert.ok(one && other && one.equals(other))
    })
  }

  const DRAWN = [
    '<!-- <script/> --><path d="M0 0h9v9z"/>',
    '<use href="#a"/><image href="data:image/png;base64,AA=="/><image xlink:href=""/>',
    '<switch><foreignObject requiredExtensions="&ns_ai;" width="1"/><g/></switch>',
    '<text>a script, set to animate @ media</text>',
    '<settings/><g transform="scale(2)"/><style>path{clip-path:url(#c)}</style>',
  ]
  for (const content of DRAWN) {
    it(`is nothing of ${content}`, () => {
      assert.deepEqual(findLeftOut(svg(content)), [])
    })
  }

  it('is told with each rendition, in one sentence', async () => {
    const source = folder.pathTo('source.svg')
    const path = folder.pathTo('rendition')
    await writeFile(
      source,
      svg('<script/><s:textPath xmlns:s="http://www.w3.org/2000/svg"/><set/>'),
    )
    const made = await startRenditions(source, [{ instructions: { fmt: 'png' }, path }])[0]
    assert.deepEqual(made?.remarks, [
      'The SVG has scripts, animations and texts along a path (textPath), which are not drawn.',
    ])
  })
})
