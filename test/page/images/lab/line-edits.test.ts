import assert from 'node:assert/strict'
import {
  addCommand,
  addLayer,
  addMacro,
  addShadow,
  removeLine,
  removePlace,
  setValue,
} from '../../../../page/images/lab/line-edits.ts'

const inLines = (query: string): string => query.split('&').join('\n')
const inQuery = (lines: string): string => lines.split('\n').join('&')

describe('A click in the lab', () => {
  it('says another value, encoded, and leaves the rest as it is written', () => {
    assert.equal(
      inQuery(setValue(inLines('.x&Text=a&wid=4'), 1, 'b & c')),
      '.x&Text=b%20%26%20c&wid=4',
    )
    assert.equal(inQuery(setValue(inLines('src=a'), 0, 'is{a?b=1&c=2}')), 'src=is{a?b=1&c=2}')
    assert.equal(inQuery(removeLine(inLines('wid=4&hei=3&fmt=png'), 1)), 'wid=4&fmt=png')
  })

  const ADDED: readonly (readonly [
    query: string,
    place: Parameters<typeof addCommand>[1],
    command: Parameters<typeof addCommand>[2],
    after: string,
  ])[] = [
    ['wid=4', { of: 'request' }, 'hei', 'wid=4&hei=300'],
    ['wid=4&layer=1&src=a', { of: 'request' }, 'hei', 'wid=4&hei=300&layer=1&src=a'],
    ['wid=4&layer=1&src=a', { of: 'all' }, 'op_blur', 'wid=4&op_blur=5&layer=1&src=a'],
    ['wid=4', { of: 'layer', layer: 0 }, 'rotate', 'wid=4&rotate=10'],
    ['wid=4', { of: 'layer', layer: 0 }, 'op_blur', 'wid=4&layer=0&op_blur=5'],
    [
      'layer=1&src=a&layer=2&src=b',
      { of: 'layer', layer: 1 },
      'rotate',
      'layer=1&src=a&rotate=10&layer=2&src=b',
    ],
    [
      'layer=1&src=a&effect=-1&$shadow$',
      { of: 'layer', layer: 1 },
      'rotate',
      'layer=1&src=a&rotate=10&effect=-1&$shadow$',
    ],
    [
      'layer=1&effect=-1&pos=1,2&layer=2&src=b',
      { of: 'layer', layer: 1, effect: -1 },
      'op_blur',
      'layer=1&effect=-1&pos=1,2&op_blur=5&layer=2&src=b',
    ],
  ]
  for (const [query, place, command, after] of ADDED) {
    it(`adds ${command} to ${JSON.stringify(place)} of ${query}`, () => {
      assert.equal(inQuery(addCommand(inLines(query), place, command)), after)
    })
  }

  it('puts a preset before the layers', () => {
    assert.equal(
      inQuery(addMacro(inLines('wid=4&layer=1&src=a'), 'zoom')),
      'wid=4&$zoom$&layer=1&src=a',
    )
    assert.equal(addMacro('', 'zoom'), '$zoom$')
  })

  it('adds layers on top, and shadows behind them', () => {
    const one = addLayer(inLines('wid=4&layer=3&src=a'), 'text', 'A & B')
    assert.equal(inQuery(one), 'wid=4&layer=3&src=a&layer=4&text=A%20%26%20B')
    assert.equal(
      inQuery(addShadow(addShadow('layer=4', 4), 4)),
      'layer=4&layer=4&effect=-1&$shadow$&layer=4&effect=-2&$shadow$',
    )
  })

  it('takes a layer away with its effects, and nothing that is said of the picture', () => {
    const query = 'wid=4&layer=1&src=a&fmt=png&effect=-1&$shadow$&layer=2&src=b&layer=1&rotate=3'
    assert.equal(
      inQuery(removePlace(inLines(query), { of: 'layer', layer: 1 })),
      'wid=4&fmt=png&layer=2&src=b',
    )
    assert.equal(
      inQuery(
        removePlace(inLines('layer=1&src=a&effect=-1&pos=1,1'), {
          of: 'layer',
          layer: 1,
          effect: -1,
        }),
      ),
      'layer=1&src=a',
    )
  })
})
