import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Graph, graphOf } from '../../scripts/rooms/graph.ts'
import { readHouse } from '../../scripts/rooms/imports.ts'
import { drawRooms } from '../../scripts/rooms/picture.ts'
import { breaches } from '../../scripts/rooms/rules.ts'
import { ROOMS } from '../../scripts/rooms/table.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const TABLE = {
  'src/base': [],
  'src/home': ['src/base'],
  'src/door': ['src/home', 'src/base/json.ts'],
}

describe('the check of imports', () => {
  const folder = useTemporaryFolder()
  let roots = 0

  function housed(texts: Readonly<Record<string, string>>) {
    const root = folder.pathTo(String(roots++))
    mkdirSync(root)
    for (const [file, text] of Object.entries(texts)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    }
    return readHouse(root)
  }

  it('finds nothing in the house as it is', () => {
    assert.deepEqual(breaches(readHouse('.'), ROOMS), [])
  })

  for (const [how, text] of Object.entries({
    'an import': "import { a } from '../home/a.ts'",
    'an import of types': "import type {\n  A,\n} from '../home/a.ts'",
    'an inline import of types': "type A = import('../home/a.ts').A",
    'an export of what is elsewhere': "export { a } from '../home/a.ts'",
    'an import without names': "import '../home/a.ts'",
    'a dynamic import': "const { a } = await import('../home/a.ts')",
    'a thread': "new Worker(new URL('../home/a.ts', import.meta.url))",
  })) {
    it(`refuses ${how} against the direction`, () => {
      const house = housed({ 'src/base/json.ts': text, 'src/home/a.ts': '' })
      assert.deepEqual(breaches(house, TABLE), [
        'src/base/json.ts imports src/home/a.ts, but src/base imports no other room.',
      ])
    })
  }

  it('lets through rooms and single files that the table names, and no others', () => {
    const house = housed({
      'src/base/json.ts': '',
      'src/base/log.ts': '',
      'src/home/a.ts': "import '../base/log.ts'",
      'src/door/b.ts': "import '../home/a.ts'\nimport '../base/json.ts'\nimport '../base/log.ts'",
    })
    assert.deepEqual(breaches(house, TABLE), [
      'src/door/b.ts imports src/base/log.ts, but src/door may import src/home, src/base/json.ts.',
    ])
  })

  it('refuses a circle of files, also when it is of types alone', () => {
    const house = housed({
      'src/base/a.ts': "import { b } from './b.ts'",
      'src/base/b.ts': "import type { C } from './c.ts'",
      'src/base/c.ts': "import type { A } from './a.ts'",
      'src/home/d.ts': "import '../base/a.ts'",
    })
    assert.deepEqual(breaches(house, TABLE), [
      'src/base/a.ts imports src/base/b.ts imports src/base/c.ts imports src/base/a.ts, which is a circle.',
    ])
  })

  it('takes a thread that has the types of who starts it for no circle', () => {
    const house = housed({
      'src/base/a.ts': "new URL('./thread.ts', import.meta.url)",
      'src/base/thread.ts': "import type { A } from './a.ts'",
    })
    assert.deepEqual(breaches(house, TABLE), [])
  })

  it('refuses a file that is in no room', () => {
    assert.deepEqual(breaches(housed({ 'src/attic/a.ts': '' }), TABLE), [
      'src/attic/a.ts belongs to no room of scripts/rooms/table.ts.',
    ])
  })

  it('draws each room above those that it imports, and no arrow that others imply', () => {
    const graph = graphOf(
      housed({
        'src/base/json.ts': '',
        'src/home/a.ts': "import '../base/json.ts'",
        'src/door/b.ts': "import '../home/a.ts'\nimport '../base/json.ts'",
      }),
      TABLE,
    )
    assert.deepEqual(
      [...graph.layers],
      [
        ['src/base', 0],
        ['src/home', 1],
        ['src/door', 2],
      ],
    )
    assert.deepEqual(graph.arrows, [
      { from: 'src/home', to: 'src/base', imports: 1 },
      { from: 'src/door', to: 'src/home', imports: 1 },
    ])
    const ys = ['base', 'home', 'door'].map((room) =>
      Number(new RegExp(`<text x="[\\d.]+" y="([\\d.]+)">${room}<`).exec(drawRooms(graph))?.[1]),
    )
    assert.deepEqual(
      ys,
      ys.toSorted((one, other) => other - one),
    )
  })

  it('has no two rooms of its picture lie on each other', () => {
    const rooms = Array.from({ length: 6 }, (_, index) => `room-${index}`)
    const graph: Graph = {
      layers: new Map([...rooms.map((room) => [room, 1] as const), ['base', 0]]),
      arrows: rooms.map((from) => ({ from, to: 'base', imports: 1 })),
    }
    const lefts = [...drawRooms(graph).matchAll(/<rect x="([\d.]+)"/g)]
      .map(([, x]) => Number(x))
      .slice(0, rooms.length)
      .toSorted((one, other) => one - other)
    assert.ok(lefts.every((x, index) => index === 0 || x - (lefts[index - 1] ?? 0) >= 104))
  })

  it('has drawn docs/images/rooms.svg of what is imported today', () => {
    assert.equal(
      drawRooms(graphOf(readHouse('.'), ROOMS)),
      readFileSync('docs/images/rooms.svg', 'utf8'),
      'npm run rooms draws it anew.',
    )
  })
})
