import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { noise } from '../support/pictures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

/** Runs the command; its standard output is bytes. */
async function run(args: readonly string[], input: Uint8Array) {
  const child = execFile(process.execPath, ['src/cli/image.ts', ...args], { encoding: 'buffer' })
  const { stdin, stdout, stderr } = child
  assert.ok(stdin && stdout && stderr)
  stdin.on('error', () => undefined).end(input)
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [made, told, status] = await Promise.all([buffer(stdout), buffer(stderr), closed])
  return { made, told: told.toString(), status }
}

describe('npm run image', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()

  it('makes of what comes from the standard input a picture there', async () => {
    const photo = await noise(60, 40).jpeg().toBuffer()
    const { made, told, status } = await run(['-?wid=30&fmt=png&wdi=9', '-'], photo)
    assert.deepEqual(
      [told, status],
      ['wdi changes nothing: unknown; wid is the nearest name.\n', 0],
    )
    const { width, format } = await sharp(made).metadata()
    assert.deepEqual([width, format], [30, 'png'])
  })

  it('refuses a standard input without bytes', async () => {
    const out = folder.pathTo('a.png')
    const { told, status } = await run(['-?wid=30', out], Buffer.alloc(0))
    assert.deepEqual([told, status], ['The standard input has no bytes.\n', 2])
    assert.equal(existsSync(out), false)
  })
})
