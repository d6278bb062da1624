import assert from 'node:assert/strict'
import { asInstalled } from '../../scripts/pack/as-installed.ts'
import { toJavaScript } from '../../scripts/pack/to-javascript.ts'

describe('what is packed', () => {
  const MODULES: [what: string, source: string, packed: string][] = [
    [
      'is JavaScript, with all that stays where it was',
      "import type { A } from './a.ts'\nexport const one: number = 1\n",
      '                               \nexport const one         = 1\n',
    ],
    [
      'imports JavaScript',
      "import { a } from '../base/a.ts'\nawait import('./b.ts')\n",
      "import { a } from '../base/a.js'\nawait import('./b.js')\n",
    ],
    [
      'starts threads that are JavaScript',
      "new URL('./pdf-thread.ts', import.meta.url)\n",
      "new URL('./pdf-thread.js', import.meta.url)\n",
    ],
    [
      'names other files as they are called',
      "const MODULE = 'index.ts'\n",
      "const MODULE = 'index.ts'\n",
    ],
  ]
  for (const [what, source, packed] of MODULES) {
    it(what, () => assert.equal(toJavaScript(source), packed))
  }

  const SENTENCES: [text: string, packed: string][] = [
    [
      'Usage: npm run process -- SOURCE... [options]',
      'Usage: npx darkroom process SOURCE... [options]',
    ],
    ['Usage: npm start -- [options]', 'Usage: npx darkroom start [options]'],
    [
      'Usage: npm run doctor [-- --repair [--yes]]',
      'Usage: npx darkroom doctor [--repair [--yes]]',
    ],
    ['npm run restore should bring it back', 'npx darkroom restore should bring it back'],
    ['npm run add -- ocr', 'npx darkroom add ocr'],
    ['`npm run export`', '`npx darkroom export`'],
    ['the address that npm start prints', 'the address that npx darkroom start prints'],
    ['comes with npm ci', 'comes with npm install'],
    ['npm run check', 'npm run check'],
    ['npm run process-all', 'npm run process-all'],
  ]
  for (const [text, packed] of SENTENCES) {
    it(`says "${packed}"`, () => assert.equal(asInstalled(text), packed))
  }
})
