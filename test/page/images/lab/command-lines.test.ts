import assert from 'node:assert/strict'
import { readLines } from '../../../../page/images/lab/command-lines.ts'
import { treeOf } from '../../../../page/images/lab/layer-tree.ts'
import { keyOfPlace } from '../../../../page/images/lab/line-places.ts'

function placesOf(text: string): string[] {
  return readLines(text).map(({ place }) => keyOfPlace(place))
}

describe('The place of a line', () => {
  const CASES: readonly (readonly [text: string, ...places: string[]])[] = [
    ['wid=4\nop_blur=2\nrotate=3', 'request', 'all', '0'],
    ['layer=1\nsrc=a\nwid=4\nlayer=comp\nop_blur=2', '1', '1', 'request', 'all', 'all'],
    ['layer=2,top\nlayer=0\nlayer=TOP\nhide=1', '2', '0', '2', '2'],
    ['layer=1\neffect=-1\nop_blur=2\nlayer=1\nop_blur=3', '1', '1:-1', '1:-1', '1', '1'],
    ['effect=1\ncolor=0\nfmt=png', 'all:1', 'all:1', 'request'],
  ]
  for (const [text, ...places] of CASES) {
    it(`is ${places.join(', ')} in ${text.replaceAll('\n', '&')}`, () => {
      assert.deepEqual(placesOf(text), places)
    })
  }
})

describe('A line', () => {
  const PROBLEMS: readonly (readonly [line: string, problem: RegExp])[] = [
    ['wid=wide', /^wid=wide is not wid=pixels: "wide" must be a whole number/],
    ['fmt=heic', /^fmt=heic cannot be had: .*avif/],
    ['textPs=a', /^textPs cannot be done here: texts are set by text= alone\.$/],
    ['layer=top', /^There is no layer top/],
    ['effect=0', /must be a whole number below 0/],
    ['WID=0', /^wid=0 is not/],
  ]
  for (const [line, problem] of PROBLEMS) {
    it(`tells what is wrong with ${line}`, () => {
      assert.match(readLines(line)[0]?.problem ?? '', problem)
    })
  }

  const REMARKS: readonly (readonly [text: string, remark: RegExp])[] = [
    ['wide=4', /^There is no command wide, so that it changes nothing; did you mean wid\?$/],
    ['unheard=4', /^There is no command unheard, so that it changes nothing\.$/],
    ['map=a', /^It changes nothing: areas that can be clicked/],
    ['wid=4\nwid=5', /^Line 2 says another one/],
    ['op_blur=4\nlayer=1\nlayer=comp\nOP_BLUR=5', /^Line 4 says another one/],
  ]
  for (const [text, remark] of REMARKS) {
    it(`tells that ${text.split('\n')[0]} changes nothing in ${text.replaceAll('\n', '&')}`, () => {
      const [line] = readLines(text)
      assert.match(line?.remark ?? '', remark)
      assert.equal(line?.problem, undefined)
    })
  }

  it('tells that effects do not take a command', () => {
    const [, , line] = readLines('layer=1\neffect=1\nrotate=4')
    assert.match(line?.remark ?? '', /Layer effects do not take it/)
  })

  it('says nothing of a value that only a variable or a request within it tells', () => {
    for (const text of ['wid=$w$', 'src=is{a?wid=x}', '$w=400', '$zoom$', '.wid=x', '']) {
      assert.deepEqual(
        readLines(text).map(({ problem, remark }) => problem ?? remark),
        [undefined],
        text,
      )
    }
  })

  it('has its value decoded', () => {
    assert.equal(readLines('text=a%26b+c')[0]?.value, 'a&b c')
  })
})

describe('The tree of layers', () => {
  const TEXT = [
    'wid=400',
    '$zoom$',
    'op_blur=1',
    'rotate=3',
    'layer=2,badge',
    'text=Sale',
    'hide=1',
    'effect=-1',
    '$shadow$',
    'layer=1',
    'src=logo',
    'fmt=png',
  ].join('\n')

  it('has what is said of the picture, of all layers, and of each from the bottom', () => {
    const { request, loose, all, layers } = treeOf(readLines(TEXT))
    assert.deepEqual(
      request.map(({ name }) => name),
      ['wid', 'fmt'],
    )
    assert.deepEqual(
      loose.map(({ name }) => name),
      ['zoom'],
    )
    assert.deepEqual(
      all.lines.map(({ name }) => name),
      ['op_blur'],
    )
    assert.deepEqual(
      layers.map(({ layer, name, shows, hidden, lines, effects }) => [
        layer,
        name,
        shows,
        hidden,
        lines.map((line) => line.name),
        effects.map((each) => [each.effect, each.lines.map((line) => line.name)]),
      ]),
      [
        [0, undefined, 'asset', false, ['rotate'], []],
        [1, undefined, 'src', false, ['src'], []],
        [2, 'badge', 'text', true, ['text', 'hide'], [[-1, ['shadow']]]],
      ],
    )
  })

  it('has layer 0 even where nothing is said of it', () => {
    assert.deepEqual(
      treeOf(readLines('')).layers.map(({ layer }) => layer),
      [0],
    )
  })

  it('tells of a layer that nothing is shown in', () => {
    const [, one] = treeOf(readLines('layer=1\nrotate=3')).layers
    assert.equal(one?.shows, 'nothing')
  })
})
