import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { optionsOf } from '../../../src/doors/jobs/operations/operation-list.ts'
import { allOperations, OPERATIONS } from '../../../src/doors/jobs/operations/operations.ts'
import { COMMON_OPTIONS } from '../../../src/doors/jobs/operations/task-options.ts'
import { openTestJobs } from './jobs-fixture.ts'

const PAGE = readFileSync('docs/jobs-api.md', 'utf8')

/** The words in backticks in each of the first two cells of the rows of a table, found by its head. */
function rowsOf(head: string): { first: string[]; second: string[] }[] {
  const [, table = ''] = PAGE.split(`\n${head}\n`)
  const lines = table.split('\n').slice(1)
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines.slice(0, end).map((line) => {
    const [, first = '', second = ''] = line.split('|')
    return { first: codesIn(first), second: codesIn(second) }
  })
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}

describe('docs/jobs-api.md', () => {
  it('tells of every operation and of each of its options, and of no other', () => {
    const told = rowsOf('| operation | its own options | what it does |').map(
      ({ first, second }) => ({ operation: first, options: second.toSorted() }),
    )
    const common = Object.keys(COMMON_OPTIONS)
    const known = allOperations().map((operation) => ({
      operation: [operation.name],
      options: optionsOf(operation)
        .map(({ name }) => name)
        .filter((name) => !common.includes(name))
        .toSorted(),
    }))
    assert.deepEqual(told, known)
  })

  it('tells of the options of every task, and of no other', () => {
    const told = rowsOf('| option of every task | what it does |').flatMap(({ first }) => first)
    assert.deepEqual(told.toSorted(), Object.keys(COMMON_OPTIONS).toSorted())
  })

  it('tells of other names by which operations are asked for', () => {
    const names = allOperations().map(({ name }) => name)
    const others = [...OPERATIONS.keys()].filter((name) => !names.includes(name))
    assert.ok(others.length > 0)
    for (const name of others) assert.ok(PAGE.includes(`asked for as \`${name}\` too`), name)
  })

  it('names only addresses that there are', async () => {
    const jobs = await openTestJobs()
    const routes = await jobs.routes()
    await jobs.close()
    const known = routes.map(
      ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    )
    const named = [...PAGE.matchAll(/`(GET|POST|DELETE) (\/v2\/[\w/{}.]+)/g)].map(
      ([, method = '', path = '']) => `${method} ${path}`,
    )
    assert.ok(named.length > 20)
    for (const address of named) {
      // The one route of all operations.
      if (address !== 'POST /v2/{operation}') assert.ok(known.includes(address), address)
    }
  })

  it('tells of the 21 modules and tasks that Workfront Fusion has', () => {
    const [, table = ''] = PAGE.split('\n| module | what it calls | here |\n')
    const [rows = ''] = table.split('\n\n')
    assert.equal(rows.split('\n').length - 1, 21)
  })
})
