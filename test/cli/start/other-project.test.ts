import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { adviseOnState } from '../../../src/cli/start/other-project.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

describe('advice on the state in the folder of a project', () => {
  const folder = useTemporaryFolder()
  const PROJECTS: [what: string, ignored: string | undefined, home: string, isGiven: boolean][] = [
    ['is given where git would take it', '', '.darkroom', true],
    ['is given where git leaves out something else', 'node_modules/\n*.log', '.darkroom', true],
    ['is not given where git leaves it out', 'node_modules/\n/.darkroom/\n', '.darkroom', false],
    [
      'is not given where git leaves it out, as Windows writes lines',
      'a\r\n.darkroom\r\n',
      '.darkroom',
      false,
    ],
    ['is not given for state elsewhere', '', '../elsewhere', false],
    ['is not given without git', undefined, '.darkroom', false],
  ]
  for (const [index, [what, ignored, home, isGiven]] of PROJECTS.entries()) {
    it(what, () => {
      const project = folder.pathTo(String(index))
      mkdirSync(project)
      if (ignored !== undefined) {
        mkdirSync(`${project}/.git`)
        writeFileSync(`${project}/.gitignore`, ignored)
      }
      const advice = adviseOnState(project, folder.pathTo(`${index}/${home}`))
      assert.equal(advice !== undefined, isGiven, advice)
      if (isGiven) {
        assert.equal(
          advice,
          `.darkroom has keys in it and is not for git: it should be a line of ${project}/.gitignore`,
        )
      }
    })
  }
})
