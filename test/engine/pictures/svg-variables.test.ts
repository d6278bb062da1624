import assert from 'node:assert/strict'
import sharp from 'sharp'
import { toPlainStyles } from '../../../src/engine/pictures/svg-plain-styles.ts'

const [RED, GREEN, BLACK] = ['200,40,40', '40,160,60', '0,0,0']
const SCREEN = { width: 9, height: 9 }
const [red, green] = ['#c82828', '#28a03c']

/** A drawing's content, and the colour that it fills its picture with (CSS Custom Properties Level 1). */
const TABLE: Readonly<Record<string, readonly [content: string, colour: string]>> = {
  'in a rule of the sheet': [
    `<style>:root{--c:${green}} .a{fill:var(--c)}</style><rect class="a" width="9" height="9"/>`,
    GREEN,
  ],
  'in a section of characters': [
    `<style><![CDATA[ svg > rect { fill: var( --c ) } svg{--c:${green}} ]]></style><rect width="9" height="9"/>`,
    GREEN,
  ],
  'in the style of an element': [
    `<rect style="--c:${green};fill:var(--c)" width="9" height="9"/>`,
    GREEN,
  ],
  'in an attribute': [
    `<g style="--c:${green}"><rect fill="var(--c)" width="9" height="9"/></g>`,
    GREEN,
  ],
  'of what the element is in': [
    `<style>g{--c:${red}} #in{--c:${green}} rect{fill:var(--c)}</style><g><g id="in"><rect width="9" height="9"/></g></g>`,
    GREEN,
  ],
  'with what stands for it': [`<rect fill="var(--none, ${green})" width="9" height="9"/>`, GREEN],
  'with a variable that stands for it': [
    `<rect style="--b:${green};fill:var(--none, var(--b, ${red}))" width="9" height="9"/>`,
    GREEN,
  ],
  'made of others': [
    `<style>:root{--r:40;--all:var(--r),160,60} rect{fill:rgb(var(--all))}</style><rect width="9" height="9"/>`,
    GREEN,
  ],
  'where another rule counts more': [
    `<style>rect{fill:var(--c)} .a{fill:${green}} :root{--c:${red}}</style><rect class="a" width="9" height="9"/>`,
    GREEN,
  ],
  'where it counts more itself': [
    `<style>.a{fill:var(--c)} rect{fill:${red}} :root{--c:${green}}</style><rect class="a" width="9" height="9"/>`,
    GREEN,
  ],
  'that is important': [
    `<style>rect{fill:var(--c) !important} :root{--c:${green}}</style><rect style="fill:${red}" width="9" height="9"/>`,
    GREEN,
  ],
  'that is made of itself': [
    `<rect style="--a:var(--b);--b:var(--a);fill:var(--a)" width="9" height="9"/>`,
    BLACK,
  ],
  'that makes a value without end': [
    `<rect style="${Array.from({ length: 40 }, (_, n) => `--v${n}:var(--v${n + 1})var(--v${n + 1})`).join(';')};--v40:x;fill:var(--v0, ${green})" width="9" height="9"/>`,
    GREEN,
  ],
  'under a name with a prefix': [
    `<s:style xmlns:s="http://www.w3.org/2000/svg">*{--c:${red}} rect{fill:var(--c)}</s:style><rect width="9" height="9"/>`,
    RED,
  ],
}

describe('variables of CSS in a drawing', () => {
  for (const [title, [content, colour]] of Object.entries(TABLE)) {
    it(`have their values: ${title}`, async () => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${content}</svg>`
      const drawn = await sharp(Buffer.from(toPlainStyles(svg, SCREEN)))
        .removeAlpha()
        .raw()
        .toBuffer()
      assert.equal([...drawn.subarray(3 * 40, 3 * 40 + 3)].join(), colour)
    })
  }

  it('leave all else of it as it is', () => {
    const rest = '<!DOCTYPE svg [<!ENTITY e "x">]><!-- a > b --><?p i?>'
    const inside = '<text a="&lt;&quot;">&e; &amp; <![CDATA[<]]></text>'
    const svg = `${rest}<svg><g style="--c:red"/>${inside}<rect fill="var(--c,blue)"/></svg>`
    const resolved = toPlainStyles(svg, SCREEN)
    assert.ok(resolved.includes(inside), resolved)
    assert.ok(resolved.startsWith(rest), resolved)
    assert.match(resolved, /<rect fill="var\(--c,blue\)" style="fill:blue"/)
  })
})
