import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import {
  type Contender,
  createBareSharp,
  createEngine,
  createSdkPostProcessing,
} from '../../bench/images/contenders.ts'
import { findImageMagick } from '../../bench/images/imagemagick.ts'
import type { Request } from '../../bench/images/job.ts'
import { expectSamePictures } from '../../bench/images/likeness.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('the contenders of the image bench', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  async function ask(name: string): Promise<Request[]> {
    const source = path.resolve('samples/harbour.jpg')
    await mkdir(folder.pathTo(name), { recursive: true })
    return [
      {
        source,
        renditions: [
          { fmt: 'png', width: 60, height: 60, path: folder.pathTo(path.join(name, 'a.png')) },
          { fmt: 'jpeg', width: 150, height: 150, path: folder.pathTo(path.join(name, 'b.jpeg')) },
        ],
      },
    ]
  }

  async function renderBare(): Promise<Request[]> {
    const requests = await ask('bare')
    const bare = await createBareSharp({ requests, tries: 1, fresh: false })
    const { ms, cpuMs, peakBytes } = await bare.render(requests)
    await bare.end()
    assert.ok(ms > 0 && cpuMs !== undefined && cpuMs > 0)
    assert.ok(peakBytes !== undefined && peakBytes > 20_000_000)
    return requests
  }

  async function render(contender: Contender, name: string): Promise<Request[]> {
    const requests = await ask(name)
    try {
      await contender.render(requests)
    } finally {
      await contender.end()
    }
    return requests
  }

  it('has bare sharp and the engine make the same pictures', async () => {
    const expected = await renderBare()
    const engine = await render(createEngine({ fresh: true }), 'engine')
    await expectSamePictures(expected, engine, { sameEncoder: true })
  })

  it("has the SDK's post-processing make pictures that look the same", async function () {
    const imageMagick = await findImageMagick(process.env['PATH'] ?? '')
    if (!imageMagick.installed) this.skip()
    const expected = await renderBare()
    const sdk = await render(createSdkPostProcessing(imageMagick), 'sdk')
    await expectSamePictures(expected, sdk, { sameEncoder: false })
  })

  it('sees a picture that is smaller than the others', async () => {
    const expected = await renderBare()
    const asked = await ask('smaller')
    const smaller = asked.map(({ source, renditions }) => ({
      source,
      renditions: renditions.map((wanted) => ({ ...wanted, width: wanted.width - 1 })),
    }))
    const engine = createEngine({ fresh: true })
    await engine.render(smaller)
    await assert.rejects(
      expectSamePictures(expected, asked, { sameEncoder: true }),
      /smaller\/a\.png is a png of 59 × 39 pixels, not a png of 60 × 40 pixels/,
    )
  })

  it('says what went wrong in a process', async () => {
    const [request] = await ask('broken')
    assert.ok(request)
    const broken = { ...request, source: folder.pathTo('none.jpg') }
    await assert.rejects(createEngine({ fresh: true }).render([broken]), {
      message: 'The source file cannot be read.',
    })
  })
})
