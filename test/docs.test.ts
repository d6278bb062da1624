import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { PROCESS_USAGE } from '../src/cli/process/usage.ts'
import { RENDITION_FORMATS } from '../src/contract/formats.ts'
import type { Instruction } from '../src/contract/instructions/instruction.ts'
import { INSTRUCTIONS } from '../src/contract/instructions/table.ts'

const PAGES = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'))

describe('the documentation', () => {
  for (const page of PAGES) {
    const text = readFileSync(page, 'utf8')

    it(`links from ${page} to files that are there`, () => {
      const links = [...text.matchAll(/\]\(([^)#:]+)\)|src="([^":]+)"/g)]
      for (const [, link, image] of links) {
        const file = path.join(path.dirname(page), link ?? image ?? '')
        assert.ok(existsSync(file), `${page} links to ${file}`)
      }
    })

    it(`names in ${page} only npm scripts that there are`, () => {
      const { scripts } = z
        .object({ scripts: z.record(z.string(), z.string()) })
        .parse(JSON.parse(readFileSync('package.json', 'utf8')))
      const named = [...text.matchAll(/npm (?:run )?(start|test|(?<=run )[\w-]+)/g)].map(
        ([, name]) => name,
      )
      for (const name of named)
        assert.ok(name !== undefined && name in scripts, `${page}: npm run ${name}`)
    })
  }

  it('shows in docs/write-a-worker.md the worker that there is', () => {
    const page = readFileSync('docs/write-a-worker.md', 'utf8')
    assert.ok(page.includes(readFileSync('actions/circle/index.ts', 'utf8')))
  })

  it('tells in README.md the options that --help tells', () => {
    const options = PROCESS_USAGE.split('\n').filter((line) =>
      /^ {2}--(?!help)| {10,}\S/.test(line),
    )
    assert.ok(options.length > 5)
    const readme = readFileSync('README.md', 'utf8')
    for (const line of options) assert.ok(readme.includes(line), line)
  })

  it('tells in README.md of every instruction and format that there is, and of no other', () => {
    const table: Readonly<Record<string, Instruction>> = INSTRUCTIONS
    const known = Object.entries(table).flatMap(([name, { alias }]) =>
      alias === undefined ? [name] : [name, alias],
    )
    const [, section = ''] =
      /## Make renditions\n(.*?)\n## /s.exec(readFileSync('README.md', 'utf8')) ?? []
    for (const name of [...known, ...RENDITION_FORMATS])
      assert.ok(section.includes(`\`${name}\``), name)
    const rows = [...section.matchAll(/^\| (.*?) \|/gm)].map(([, first = '']) => first)
    const named = rows.flatMap((first) => [...first.matchAll(/`(\w+)`/g)].map(([, name]) => name))
    assert.ok(named.length > known.length / 2)
    for (const name of named)
      assert.ok(
        [...known, ...RENDITION_FORMATS].some((each) => each === name),
        name,
      )
  })
})
