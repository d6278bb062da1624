import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { usedPropertiesOnly } from '../../../../src/doors/page/serving/used-properties.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const FILES = {
  'theme/src/sizes.css.js':
    'export default `:host{--small:1px;--large:calc(2*var(--small));--huge:9px}`',
  'theme/src/colours.css.js': 'export default `:host{--red:rgb(255,0,0);--edge:var(--line) }`',
  'theme/src/lines.css.js': 'export default `:root{--line:var(--red);--red:red}:host{color:red}`',
  'button.css.js': 'export default `a{width:var(--large);--own:2px}`',
  'main.js': `import './theme/src/sizes.css.js'
    export { default as sizes } from './theme/src/sizes.css.js'
    export { default as colours } from './theme/src/colours.css.js'
    export { default as lines } from './theme/src/lines.css.js'
    export { default as button } from './button.css.js'
    element.style.setProperty('--edge', '1px')`,
}

describe('the custom properties of themes', () => {
  const folder = useTemporaryFolder()

  it('are those that something asks for, and what they are defined by, in each theme', async () => {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(folder.pathTo(name)), { recursive: true })
      writeFileSync(folder.pathTo(name), text)
    }
    const inputs = Object.keys(FILES).map((name) => folder.pathTo(name))
    const { outputFiles } = await build({
      entryPoints: [folder.pathTo('main.js')],
      plugins: [await usedPropertiesOnly(inputs)],
      bundle: true,
      format: 'esm',
      write: false,
    })
    const [{ text } = { text: '' }] = outputFiles
    assert.deepEqual(text.match(/(?<=`).+(?=`)/g), [
      ':host{--small:1px;--large:calc(2*var(--small));}',
      ':host{--red:rgb(255,0,0);--edge:var(--line) }',
      ':root{--line:var(--red);--red:red}:host{color:red}',
      'a{width:var(--large);--own:2px}',
    ])
  })
})
