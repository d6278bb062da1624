import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { noise } from '../support/pictures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { trust } from './api-client.ts'
import { runCommand } from './command.ts'
import { startServiceProcess, useHome } from './service-process.ts'

describe('npm run assets', function () {
  this.timeout(120_000)
  const home = useHome()
  const temporary = useTemporaryFolder()
  const run = (...args: string[]) => runCommand('assets', args, { DARKROOM_HOME: home })
  let origin = ''

  before(async () => {
    const folder = temporary.pathTo('photos')
    await mkdir(`${folder}/deep`, { recursive: true })
    await mkdir(temporary.pathTo('mounted'))
    await noise(60, 40).jpeg().toFile(`${folder}/shoe.jpg`)
    await noise(40, 60).png().toFile(`${folder}/deep/hat.png`)
    await noise(40, 60).png().toFile(temporary.pathTo('mounted/there.png'))
    await writeFile(`${folder}/.hidden.jpg`, 'nothing')
  })

  it('says that no service has been there', async () => {
    const { code, stderr } = await run('list')
    assert.equal(code, 1)
    assert.match(stderr, /There is no scene7\.env in /)
  })

  it('uploads a folder, a line each, and the service shows it', async () => {
    const service = await startServiceProcess({ home, assets: temporary.pathTo('mounted') })
    origin = service.origin
    trust(home)
    const { code, stdout, stderr } = await run('add', temporary.pathTo('photos'), '--folder', 'new')
    assert.equal(code, 0, stderr)
    assert.match(
      stdout,
      /^\S+hat\.png: (https:\S+\/is\/image\/darkroom\/hat)\n\S+shoe\.jpg: https:\S+\/shoe\n2 of 2 are uploaded\n$/,
    )
    const answer = await fetch(`${origin}/is/image/darkroom/shoe?wid=30`)
    assert.equal(answer.status, 200, await answer.clone().text())
  })

  it('lists assets of a folder, and removes them', async () => {
    const { stdout } = await run('list', '--folder', 'new')
    assert.match(
      stdout,
      /^Asset +Folder +Type +Bytes\nhat +new\/deep +picture +\d+\nshoe +new +picture +\d+\n$/,
    )
    const removed = await run('remove', 'hat', 'there', 'nothing')
    assert.equal(removed.code, 1)
    assert.equal(removed.stdout, 'darkroom/hat is removed\n1 of 3 are removed\n')
    assert.match(
      removed.stderr,
      /^there: .* is the file there\.png of the mounted folder: remove it there\.$/m,
    )
    assert.match(removed.stderr, /^nothing: There is no asset called darkroom\/nothing\.$/m)
    assert.equal((await fetch(`${origin}/is/image/darkroom/hat`)).status, 404)
  })

  it('ends with 2 for a mistake in the call', async () => {
    const { code, stderr } = await run('add', temporary.pathTo('nothing.jpg'))
    assert.equal(code, 2)
    assert.match(stderr, /there is no such file\./)
  })

  it('says that no service answers', async () => {
    const { code, stderr } = await run('list', '--url', 'https://localhost:59')
    assert.equal(code, 1)
    assert.equal(stderr, 'No service answers at https://localhost:59; npm start starts one.\n')
  })
})
