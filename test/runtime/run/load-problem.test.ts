import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { excerpt, findPlace } from '../../../src/runtime/run/load-problem.ts'
import { loadProjectModule } from '../../../src/runtime/run/project-module.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** What keeps an action from being loaded, and what is told of it: the place, what is wrong there, and the lines about it. */
const UNLOADABLE: readonly { title: string; files: Record<string, string>; says: string[] }[] = [
  {
    title: 'TypeScript that is none',
    files: { 'index.ts': 'const a = 1\nexport const main = ;\n// three\n' },
    says: [
      'index.ts:2: Expression expected',
      '  1 | const a = 1',
      '> 2 | export const main = ;',
      '  3 | // three',
      '  4 |',
    ],
  },
  {
    title: 'JavaScript that is none',
    files: { 'index.mjs': 'export const main = () => {\n  return 1 +\n}\n' },
    says: [
      "index.mjs:3: Unexpected token '}'",
      '  1 | export const main = () => {',
      '  2 |   return 1 +',
      '> 3 | }',
      '  4 |',
    ],
  },
  {
    title: 'CommonJS that is none',
    files: { 'index.cjs': "'use strict'\nexports.main = ;\n" },
    says: ["index.cjs:2: Unexpected token ';'"],
  },
  {
    title: 'a mistake in a module that it imports',
    files: {
      'index.ts': "import './deep/other.ts'\nexport const main = () => ({})\n",
      'deep/other.ts': '\n\nlet = 1 1\n',
    },
    says: ['deep/other.ts:3: '],
  },
  {
    title: 'a module that is missing',
    files: { 'index.ts': "\nimport './missing.ts'\nexport const main = () => ({})\n" },
    says: ["index.ts:2: Cannot find module '"],
  },
  {
    title: 'a package that is missing',
    files: { 'index.ts': "import none from 'not-installed'\nexport const main = none\n" },
    says: ["index.ts:1: Cannot find package 'not-installed'"],
  },
  {
    title: 'a module of CommonJS that is missing',
    files: { 'index.cjs': "'use strict'\n\nrequire('./missing')\n" },
    says: ["index.cjs:3: Cannot find module './missing'"],
  },
  {
    title: 'an export that is missing',
    files: {
      'index.ts': "import { none } from './other.ts'\nexport const main = none\n",
      'other.ts': 'export const some = 1\n',
    },
    says: ['index.ts:1: The requested module'],
  },
  {
    title: 'what it throws itself',
    files: { 'index.ts': "\n\nthrow new Error('not today')\n" },
    says: ['index.ts:3: not today'],
  },
]

describe('where the mistake is that keeps an action from being loaded', () => {
  const folder = useTemporaryFolder()
  const house = path.resolve('src') + path.sep

  for (const { title, files, says } of UNLOADABLE) {
    it(`is told where there is ${title}`, async () => {
      const project = folder.pathTo(title.replaceAll(' ', '-'))
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(project, name)), { recursive: true })
        writeFileSync(path.join(project, name), content)
      }
      const file = path.join(project, Object.keys(files)[0] ?? '')
      const error = await loadProjectModule(file).then(
        () => assert.fail('it can be loaded'),
        (thrown: unknown) => thrown,
      )
      assert.ok(error instanceof Error)
      const place = findPlace(error, { house, latest: file })
      assert.ok(place, error.stack)
      const where = `${path.relative(project, place.file)}:${place.line}: ${error.message}`
      const told = [where, ...excerpt(place)]
      assert.deepEqual(
        says.map((line, index) => told[index]?.slice(0, line.length)),
        says,
      )
    })
  }
})
