import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const PROJECT = path.resolve(import.meta.dirname, '../..')

/** What the page and the service say to each other, and what both have to know alike. */
const SHARED =
  /^src\/(?:contract\/|base\/(?:colour-names|errors|json|member-names|nearest-name|nesting|page-range|record|unknown-members|validation)\.ts$|sources\/(?:codecs|formats|format-lookup|office-formats)\.ts$|doors\/page\/(?:api|shown-as|exports\/export-shapes|images\/(?:asset|preset)-shapes|work\/(?:told-run|work-shapes))\.ts$|image-serving\/(?:commands\/|syntax\/|(?:colour|default-macros|request-error|served-formats|sort-commands)\.ts$)|doors\/jobs\/(?:api\/wire-schemas|operations\/task-options|tasks\/records|webhooks\/webhook-events)\.ts$)/

/** What a file takes from others, type-only imports as well. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(PROJECT, file), 'utf8')
  // Imports stand first; further down may be those of a program that the page writes.
  const [head = ''] = text.split(/^(?:export )?(?:const|let|function|async|interface|type|class) /m)
  return [
    ...head.matchAll(/\b(?:from|import)\s+'([^']+)'/g),
    ...text.matchAll(/\bimport\('([^']+)'\)/g),
  ].map(([, name = '']) => name)
}

function resolve(from: string, name: string): string {
  return path.posix.join(path.posix.dirname(from), name)
}

describe('What runs in the browser', () => {
  const own = readdirSync(path.join(PROJECT, 'page'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => `page/${file}`)
  const reached = new Map<string, string>()
  for (const file of own) reach(file)

  function reach(file: string): void {
    for (const name of importsOf(file)) {
      const found = name.startsWith('.') ? resolve(file, name) : name
      if (reached.has(found)) continue
      reached.set(found, file)
      if (found.endsWith('.ts') && !found.startsWith('page/')) reach(found)
    }
  }

  const toldOf = (names: readonly string[]): string[] =>
    names.map((name) => `${reached.get(name)} imports ${name}`)

  it('takes of the service only what both sides have to know alike', () => {
    const taken = Array.from(reached.keys()).filter((name) => name.startsWith('src/'))
    assert.ok(taken.length > 5, 'files are found at all')
    assert.deepEqual(toldOf(taken.filter((name) => !SHARED.test(name))), [])
  })

  it('takes nothing of Node.js, nor a package that it does not name', () => {
    const { devDependencies } = JSON.parse(
      readFileSync(path.join(PROJECT, 'page/package.json'), 'utf8'),
    )
    const packages = Array.from(reached.keys()).filter((name) => !/^(?:\.|src\/|page\/)/.test(name))
    const named = (name: string): boolean =>
      Object.keys(devDependencies).some((each) => name === each || name.startsWith(`${each}/`))
    assert.deepEqual(toldOf(packages.filter((name) => !named(name))), [])
  })
})
