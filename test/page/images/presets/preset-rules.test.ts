import assert from 'node:assert/strict'
import { problemOfPreset, usesInWords } from '../../../../page/images/presets/preset-rules.ts'

const preset = (name: string, assets: readonly string[] = [], presets: readonly string[] = []) => ({
  name,
  commands: 'wid=4',
  modified: 1,
  usedBy: { assets: [...assets], presets: [...presets] },
})

describe('What names a preset', () => {
  const CASES: readonly (readonly [assets: string[], presets: string[], words: string])[] = [
    [[], [], ''],
    [['shoe'], [], '1 asset (shoe)'],
    [[], ['card', 'zoom'], '2 presets (card, zoom)'],
    [['a', 'b', 'c', 'd'], ['card'], '4 assets (a, b, c, …) and 1 preset (card)'],
  ]
  for (const [assets, presets, words] of CASES) {
    it(`is told as ${words === '' ? 'nothing' : words}`, () => {
      assert.equal(usesInWords(preset('zoom', assets, presets)), words)
    })
  }
})

describe('A preset that is edited', () => {
  const OTHERS = [preset('Zoom'), preset('card')]
  const CASES: readonly (readonly [
    title: string,
    name: string,
    before: string | undefined,
    letters: number,
    problem: RegExp | undefined,
  ])[] = [
    ['is new', 'small', undefined, 10, undefined],
    ['is as long as it may be', 'small', undefined, 512, undefined],
    ['is longer', 'small', undefined, 513, /at most 512 letters, and these have 513/],
    ['has no name', '', undefined, 10, /^A name has letters/],
    ['has a name that is none', 'a b', undefined, 10, /^A name has letters/],
    ['has the name of another', 'zoom', undefined, 10, /called Zoom already/],
    ['gets the name of another', 'zoom', 'card', 10, /called Zoom already/],
    ['keeps its name', 'Zoom', 'Zoom', 10, undefined],
    ['gets other letters', 'ZOOM', 'Zoom', 10, undefined],
  ]
  for (const [title, name, before, letters, problem] of CASES) {
    it(`${problem ? 'cannot' : 'can'} be saved when it ${title}`, () => {
      const commands = 'x'.repeat(letters)
      const told = problemOfPreset({ name, commands, before }, OTHERS)
      if (problem) assert.match(told ?? '', problem)
      else assert.equal(told, undefined)
    })
  }
})
