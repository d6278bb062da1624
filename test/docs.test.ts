import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { anchorOf, NAVIGATION, placeOf } from '../docs/site/.vitepress/navigation.ts'
import { PROCESS_USAGE } from '../src/cli/process/usage.ts'
import { RENDITION_FORMATS } from '../src/contract/actions.ts'
import type { Instruction } from '../src/contract/instructions/instruction.ts'
import { INSTRUCTIONS } from '../src/contract/instructions/table.ts'

/** The name of a file or folder of this project that stands in a text as code. */
const NAMED_PATH = /`((?:src|page|test|scripts|docs|actions|\.vscode)\/[a-z\d./-]*)`/g

const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.github/pull_request_template.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'))

const launchSchema = z.object({
  configurations: z.array(
    z.object({
      name: z.string(),
      program: z.optional(z.string()),
      runtimeExecutable: z.optional(z.string()),
    }),
  ),
  compounds: z.array(z.object({ configurations: z.array(z.string()) })),
})

const formSchema = z.object({
  name: z.string(),
  description: z.string(),
  body: z.array(
    z.object({
      type: z.enum(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']),
      id: z.optional(z.string()),
    }),
  ),
})

describe('the documentation', () => {
  for (const page of PAGES) {
    const text = readFileSync(page, 'utf8')

    it(`links from ${page} to files that are there`, () => {
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)|src(?:set)?="([^":]+)"/g)]
      for (const [, link, image] of links) {
        const file = path.join(path.dirname(page), link ?? image ?? '')
        assert.ok(existsSync(file), `${page} links to ${file}`)
      }
    })

    it(`links from ${page} to headings that are there`, () => {
      for (const [, link = '', heading = ''] of text.matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)) {
        const file = link === '' ? page : path.join(path.dirname(page), link)
        const anchors = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(
          ([, words = '']) => anchorOf(words),
        )
        assert.ok(anchors.includes(heading), `${page} links to ${file}#${heading}`)
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

  it('has every page on its site, each at a place of its own', () => {
    const files = NAVIGATION.flatMap(({ pages }) => pages.map(([, file]) => file))
    assert.deepEqual(
      files.toSorted(),
      PAGES.filter((page) => !page.startsWith('.github/')).toSorted(),
    )
    assert.equal(new Set(files.map(placeOf)).size, files.length)
  })

  for (const page of ['CONTRIBUTING.md', 'SECURITY.md']) {
    it(`names in ${page} only files that are there`, () => {
      const named = [...readFileSync(page, 'utf8').matchAll(NAMED_PATH)]
      assert.ok(named.length > 0)
      for (const [, file = ''] of named) assert.ok(existsSync(file), `${page} names ${file}`)
    })
  }

  it('says in CONTRIBUTING.md how to run tests that there are', () => {
    const commands = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^npx mocha (.*)$/gm)]
    assert.ok(commands.length > 1)
    for (const [, command = ''] of commands) {
      const [, file = '', , words = ''] = /^(\S+)( -g '(.*)')?$/.exec(command) ?? []
      const title = new RegExp(`(?:it|describe)\\(\\s*['\`].*${words}`)
      assert.match(readFileSync(file, 'utf8'), title, command)
    }
  })

  it('has VS Code start and debug what there is', () => {
    const { configurations, compounds } = launchSchema.parse(
      JSON.parse(readFileSync('.vscode/launch.json', 'utf8')),
    )
    const names = configurations.map(({ name }) => name)
    for (const compound of compounds)
      for (const name of compound.configurations) assert.ok(names.includes(name), name)
    const paths = configurations.flatMap(({ program, runtimeExecutable }) =>
      [program, runtimeExecutable].filter((file) => file !== undefined),
    )
    assert.ok(paths.length > 0)
    for (const file of paths) {
      const [, inside = ''] = /^\$\{workspaceFolder\}\/(.*)$/.exec(file) ?? []
      assert.ok(inside !== '' && existsSync(inside), file)
    }
  })

  it('has forms for issues that GitHub can read', () => {
    const folder = '.github/ISSUE_TEMPLATE'
    for (const name of readdirSync(folder)) {
      const { body } = formSchema.parse(parse(readFileSync(path.join(folder, name), 'utf8')))
      const ids = body.flatMap(({ id }) => id ?? [])
      assert.equal(new Set(ids).size, ids.length, name)
    }
  })

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

  it('tells in docs/instructions.md of every instruction and format that there is, and of no other', () => {
    const table: Readonly<Record<string, Instruction>> = INSTRUCTIONS
    const known = Object.entries(table).flatMap(([name, { alias }]) =>
      alias === undefined ? [name] : [name, alias],
    )
    const section = readFileSync('docs/instructions.md', 'utf8')
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
