import assert from 'node:assert/strict'
import { createPresetRoutes } from '../../../../src/doors/page/images/preset-routes.ts'
import { presetListSchema } from '../../../../src/doors/page/images/preset-shapes.ts'
import { usesOf } from '../../../../src/doors/page/images/preset-uses.ts'
import { rootApp } from '../../../support/root-app.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { COMPANY, openDoor } from '../../scene7/open-door.ts'

async function listed(answer: Promise<Response>) {
  const response = await answer
  assert.equal(response.status, 200, await response.clone().text())
  return presetListSchema.parse(await response.json())
}

describe('The presets of the page', () => {
  const temporary = useTemporaryFolder()

  async function open(name: string) {
    const { door } = await openDoor(temporary.pathTo(name))
    const app = rootApp().route('/', createPresetRoutes(door))
    async function send(method: string, path: string, body?: object): Promise<Response> {
      return app.request(`/images/presets/${COMPANY}${path}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      })
    }
    return { door, send }
  }

  it('are saved, listed with what names them, renamed and deleted', async () => {
    const { door, send } = await open('life')
    try {
      await door.kept.describe(COMPANY, 'shoe', { modifier: '$zoom$&fmt=png' })
      await listed(send('PUT', '/Zoom', { commands: 'wid=2000' }))
      const { presets, samples } = await listed(
        send('PUT', '/small', { commands: '$ZOOM$&\n wid=80' }),
      )
      assert.deepEqual(
        presets.map(({ name, commands, usedBy }) => ({ name, commands, usedBy })),
        [
          { name: 'small', commands: '$ZOOM$&wid=80', usedBy: { assets: [], presets: [] } },
          { name: 'Zoom', commands: 'wid=2000', usedBy: { assets: ['shoe'], presets: ['small'] } },
        ],
      )
      assert.deepEqual(samples, ['shoe'])

      const renamed = await listed(send('PUT', '/large', { commands: 'wid=3000', before: 'zoom' }))
      assert.deepEqual(
        renamed.presets.map(({ name, commands }) => [name, commands]),
        [
          ['large', 'wid=3000'],
          ['small', '$ZOOM$&wid=80'],
        ],
      )
      const cased = await listed(send('PUT', '/LARGE', { commands: 'wid=1', before: 'large' }))
      assert.deepEqual(
        cased.presets.map(({ name }) => name),
        ['LARGE', 'small'],
      )
      const left = await listed(send('DELETE', '/large'))
      assert.deepEqual(
        left.presets.map(({ name }) => name),
        ['small'],
      )
    } finally {
      await door.close?.()
    }
  })

  const REFUSED: readonly (readonly [
    title: string,
    method: string,
    path: string,
    body: object | undefined,
    status: number,
    sentence: RegExp,
  ])[] = [
    [
      'longer than 512',
      'PUT',
      '/a',
      { commands: `id=${'x'.repeat(510)}` },
      400,
      /at most 512 letters, and these have 513/,
    ],
    [
      'with a name that is none',
      'PUT',
      '/a%20b',
      { commands: 'wid=1' },
      400,
      /name of a preset has letters/,
    ],
    ['without commands', 'PUT', '/a', {}, 400, /commands must be those of the preset/],
    [
      'renamed to one that is there',
      'PUT',
      '/one',
      { commands: 'wid=1', before: 'two' },
      409,
      /There is a preset called one already/,
    ],
    [
      'renamed that is not there',
      'PUT',
      '/a',
      { commands: 'wid=1', before: 'b' },
      404,
      /no preset called \W+b\W/,
    ],
    ['deleted that is not there', 'DELETE', '/a', undefined, 404, /no preset called \W+a\W/],
  ]
  for (const [index, [title, method, path, body, status, sentence]] of REFUSED.entries()) {
    it(`are refused when one is ${title}`, async () => {
      const { door, send } = await open(`refused-${index}`)
      try {
        await door.presets.save(COMPANY, { name: 'one', commands: 'wid=1' })
        await door.presets.save(COMPANY, { name: 'two', commands: 'wid=2' })
        const response = await send(method, path, body)
        assert.equal(response.status, status)
        assert.match(await response.text(), sentence)
        assert.deepEqual(
          (await door.presets.list(COMPANY)).map(({ name, commands }) => [name, commands]),
          [
            ['one', 'wid=1'],
            ['two', 'wid=2'],
          ],
        )
      } finally {
        await door.close?.()
      }
    })
  }
})

describe('A preset', () => {
  const NAMED = [
    '$zoom$',
    'wid=4&$Zoom$',
    '$zoom$&wid=4',
    'src=is{a?$zoom$}',
    'src=is(a?b=1&$zoom$)&c',
  ]
  for (const commands of NAMED) {
    it(`is used by ${commands}`, () => {
      assert.deepEqual(usesOf('zoom', [{ name: 'a', commands: [undefined, commands] }]), ['a'])
    })
  }

  for (const commands of ['text=$zoom$', '$zoom=4', '$zoomed$', 'wid=4', '']) {
    it(`is not used by ${commands === '' ? 'nothing' : commands}`, () => {
      assert.deepEqual(usesOf('zoom', [{ name: 'a', commands: [commands] }]), [])
    })
  }
})
