import assert from 'node:assert/strict'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { COMPANY, openDoor, streamOf } from './open-door.ts'

function jpeg(name: string, text: string) {
  return { name, mediaType: 'image/jpeg', body: streamOf(text) }
}

describe('the catalogue of assets', () => {
  const temporary = useTemporaryFolder()

  it('keeps what was acknowledged, and sweeps what nobody knows of', async () => {
    const home = temporary.pathTo('kept')
    const first = await openDoor(home)
    const added = await first.door.kept.addFile(COMPANY, 'shoe', jpeg('shoe.jpg', 'one'))
    await first.door.close?.()
    await writeFile(`${home}/scene7/originals/stray.unfinished`, 'a')
    const second = await openDoor(home)
    assert.deepEqual(await second.door.kept.find(COMPANY, 'shoe'), added)
    assert.deepEqual(
      (await readdir(`${home}/scene7/originals`)).map((name) =>
        added.original?.path.endsWith(name),
      ),
      [true],
    )
    await second.door.close?.()
  })

  it('replaces the file of an asset, and nothing else of it', async () => {
    const home = temporary.pathTo('replaced')
    const { door, app } = await openDoor(home)
    await door.kept.addFile(COMPANY, 'shoe', jpeg('shoe.jpg', 'one'))
    await door.kept.describe(COMPANY, 'shoe', { modifier: 'qlt=5', folder: 'summer' })
    const before = await app.request('/is/image/acme/shoe')
    const after = await door.kept.addFile(COMPANY, 'shoe', jpeg('shoe.jpg', 'two'))
    assert.equal(after.modifier, 'qlt=5')
    assert.equal(after.folder, 'summer')
    const again = await app.request('/is/image/acme/shoe')
    assert.notEqual(again.headers.get('etag'), before.headers.get('etag'))
    assert.equal((await readdir(`${home}/scene7/originals`)).length, 1)
    assert.equal(await (await app.request('/is/content/acme/shoe')).text(), 'two')
    assert.equal(await door.kept.remove(COMPANY, 'shoe'), true)
    assert.equal(await door.kept.remove(COMPANY, 'shoe'), false)
    assert.deepEqual(await readdir(`${home}/scene7/originals`), [])
    await door.close?.()
  })

  it('leaves nothing of an upload that breaks off', async () => {
    const home = temporary.pathTo('broken')
    const { door } = await openDoor(home)
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('gone'))
      },
    })
    await assert.rejects(
      door.kept.addFile(COMPANY, 'a', { name: 'a.jpg', mediaType: 'image/jpeg', body }),
      /gone/,
    )
    assert.equal(await door.kept.find(COMPANY, 'a'), undefined)
    assert.deepEqual(await readdir(`${home}/scene7/originals`), [])
    await door.close?.()
  })

  for (const name of ['', '..', '../a', 'a/../b', 'a//b', '/a', 'a\\b', 'a\0b', 'a\nb']) {
    it(`has no asset called ${JSON.stringify(name)}`, async () => {
      const { door } = await openDoor(temporary.pathTo(`names${Buffer.from(name).toString('hex')}`))
      await assert.rejects(door.kept.addFile(COMPANY, name, jpeg('a.jpg', 'a')), {
        code: 'invalid',
      })
      await door.close?.()
    })
  }

  it('adds to a mounted file what is kept of it', async () => {
    const folder = temporary.pathTo('mounted-folder')
    await mkdir(folder)
    await writeFile(`${folder}/hat.png`, 'a hat')
    const { door, app } = await openDoor(temporary.pathTo('mounted'), { assetsFolder: folder })
    const before = await app.request('/is/image/acme/hat')
    await door.kept.describe(COMPANY, 'hat', { modifier: 'wid=7' })
    const asset = await door.assets.find(COMPANY, 'hat')
    assert.equal(asset?.type, 'picture')
    assert.equal(asset?.original?.name, 'hat.png')
    assert.equal(asset?.modifier, 'wid=7')
    const after = await app.request('/is/image/acme/hat')
    assert.notEqual(after.headers.get('etag'), before.headers.get('etag'))
    assert.deepEqual(
      (await door.assets.list(COMPANY)).map(({ name }) => name),
      ['hat'],
    )
    await door.close?.()
  })

  it('finds assets first in the company that a path names, and then in that of the house', async () => {
    const { door, app, renderer } = await openDoor(temporary.pathTo('companies'))
    await door.kept.addFile(COMPANY, 'logo', jpeg('own.jpg', 'own'))
    await door.kept.addFile('other', 'logo', jpeg('other.jpg', 'other'))
    await door.kept.addFile(COMPANY, 'only', jpeg('only.jpg', 'only'))
    const rows: [path: string, file: string][] = [
      ['logo', 'own.jpg'],
      ['acme/logo', 'own.jpg'],
      ['other/logo', 'other.jpg'],
      ['other/only', 'only.jpg'],
      ['other?src=logo', 'other.jpg'],
      ['other?src=acme/logo', 'own.jpg'],
      ['other?src=/logo', 'own.jpg'],
    ]
    for (const [index, [path, file]] of rows.entries()) {
      const joint = path.includes('?') ? '&' : '?'
      const answer = await app.request(`/is/image/${path}${joint}wid=${index + 1}`)
      assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`)
      const used = Object.values(renderer.jobs.at(-1)?.files ?? {})
      assert.deepEqual(
        used.map(({ name }) => name),
        [file],
        path,
      )
    }
    await door.close?.()
  })

  describe('of presets', () => {
    it('takes what Adobe’s own example has, and trims each command', async () => {
      const { door, app, renderer } = await openDoor(temporary.pathTo('presets'))
      await door.kept.addFile(COMPANY, 'shoe', jpeg('shoe.jpg', 'one'))
      const { presets } = door
      await presets.save(COMPANY, { name: 'Wrong', commands: '&wid=400&\n  qlt=750 &fmt=jpeg' })
      assert.equal((await presets.find(COMPANY, 'wrong'))?.commands, 'wid=400&qlt=750&fmt=jpeg')
      assert.equal((await app.request('/is/image/acme/shoe?$wrong$')).status, 403)
      await presets.save(COMPANY, { name: 'WRONG', commands: 'wid=40' })
      assert.deepEqual(
        (await presets.list(COMPANY)).map(({ name }) => name),
        ['WRONG'],
      )
      const before = await app.request('/is/image/acme/shoe?$Wrong$')
      assert.equal(renderer.jobs.at(-1)?.composition.view.width, 40)
      await presets.save(COMPANY, { name: 'Wrong', commands: 'wid=41' })
      const after = await app.request('/is/image/acme/shoe?$Wrong$')
      assert.notEqual(before.headers.get('etag'), after.headers.get('etag'))
      assert.equal(await presets.remove(COMPANY, 'wrong'), true)
      assert.equal((await app.request('/is/image/acme/shoe?$Wrong$')).status, 403)
      await door.close?.()
    })

    it('has those of every catalogue besides its own', async () => {
      const { door, app, renderer } = await openDoor(temporary.pathTo('usual'))
      await door.kept.addFile(COMPANY, 'shoe', jpeg('shoe.jpg', 'one'))
      const answer = await app.request('/is/image/acme/shoe?layer=0&effect=-1&$shadow$')
      assert.equal(answer.status, 200)
      assert.equal(renderer.jobs.at(-1)?.composition.layers[0].effects.length, 1)
      await door.close?.()
    })

    for (const preset of [
      { name: 'a b', commands: '' },
      { name: '', commands: '' },
      { name: 'a', commands: `.${'a'.repeat(512)}` },
    ]) {
      it(`refuses ${JSON.stringify(preset).slice(0, 40)}`, async () => {
        const { door } = await openDoor(temporary.pathTo(`refused${preset.name.length}`))
        await assert.rejects(door.presets.save(COMPANY, preset), { code: 'invalid' })
        await door.close?.()
      })
    }
  })

  it('cannot mount what is no folder', async () => {
    const file = temporary.pathTo('a-file')
    await writeFile(file, '')
    for (const assetsFolder of [file, temporary.pathTo('nothing')]) {
      await assert.rejects(
        openDoor(temporary.pathTo('no-folder'), { assetsFolder }),
        /must be a folder/,
      )
    }
  })
})
