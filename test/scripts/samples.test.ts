import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { committedSamples, drawSample, samplesFolder } from '../../scripts/samples.ts'

const script = join(import.meta.dirname, '../../scripts/samples.ts')

function run(...options: string[]): Promise<{ code: number | undefined; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...options], (_error, _stdout, stderr) => {
      resolve({ code: child.exitCode ?? undefined, stderr })
    })
  })
}

describe('samples', () => {
  for (const name of committedSamples) {
    it(`draws the same pixels of ${name} each time`, async () => {
      const first = await sharp(await drawSample(name, 0.1))
        .raw()
        .toBuffer()
      const second = await sharp(await drawSample(name, 0.1))
        .raw()
        .toBuffer()
      assert.ok(first.length > 0)
      assert.ok(first.equals(second))
    })
  }

  it('has a harbour of 2400 x 1600 pixels with text, texture and a description', async () => {
    const path = join(samplesFolder, 'harbour.jpg')
    const { format, width, height, orientation, isProgressive, exif } = await sharp(path).metadata()
    assert.deepEqual(
      { format, width, height, orientation, isProgressive },
      { format: 'jpeg', width: 2400, height: 1600, orientation: 1, isProgressive: false },
    )
    const described = exif?.toString('latin1') ?? ''
    assert.match(described, /Harbour at dusk/)
    assert.match(described, /Darkroom sample/)
    assertBetween(statSync(path).size, 300_000, 700_000)
    const { entropy } = await sharp(path).stats()
    assert.ok(entropy > 6, `an entropy of ${entropy}`)
  })

  it('has a portrait that is stored on its side and says so', async () => {
    const path = join(samplesFolder, 'portrait.jpg')
    const { width, height, orientation, autoOrient } = await sharp(path).metadata()
    assert.deepEqual({ width, height, orientation }, { width: 1600, height: 1200, orientation: 6 })
    assert.deepEqual(autoOrient, { width: 1200, height: 1600 })
    assert.ok(statSync(path).size < 300_000)
  })

  it('shows the portrait upright when its orientation is heeded: the sky is over the cliff', async () => {
    const upright = await sharp(join(samplesFolder, 'portrait.jpg')).autoOrient().toBuffer()
    const blueness = async (top: number) => {
      const part = await sharp(upright)
        .extract({ left: 900, top, width: 250, height: 150 })
        .toBuffer()
      const { channels } = await sharp(part).stats()
      return (channels[2]?.mean ?? 0) - (channels[0]?.mean ?? 0)
    }
    assert.ok((await blueness(40)) > 30)
    assert.ok((await blueness(1100)) < 10)
  })

  it('has a logo with soft edges on nothing', async () => {
    const path = join(samplesFolder, 'logo.png')
    const { format, width, height, hasAlpha } = await sharp(path).metadata()
    assert.deepEqual(
      { format, width, height, hasAlpha },
      { format: 'png', width: 800, height: 800, hasAlpha: true },
    )
    const alpha = await sharp(path).ensureAlpha().extractChannel('alpha').raw().toBuffer()
    const levels = new Set(alpha)
    assert.ok(levels.has(0) && levels.has(255))
    assert.ok(levels.size > 20, `${levels.size} levels of transparency`)
    assert.ok(statSync(path).size < 100_000)
  })

  it('exits with 2 and one sentence on an unknown option', async () => {
    const { code, stderr } = await run('--huge')
    assert.equal(code, 2)
    assert.equal(stderr, 'Unknown option --huge: only --large and --force are understood.\n')
  })
})

function assertBetween(value: number, least: number, most: number): void {
  assert.ok(value >= least && value <= most, `${value} is not between ${least} and ${most}`)
}
