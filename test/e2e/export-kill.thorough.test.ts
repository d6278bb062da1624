import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openPromise } from 'yauzl'
import { amountOf } from '../support/amounts.ts'
import { noise } from '../support/pictures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { trust } from './api-client.ts'
import { createExporter, urlOfZip } from './export-jobs.ts'
import { startServiceProcess, useHome } from './service-process.ts'

const KILLS = amountOf({ thoroughly: 20, usually: 3 })
const ASSETS = amountOf({ thoroughly: 200, usually: 20 })

/** Longest time the service lives between its start and its end, in milliseconds. */
const LONGEST_LIFE_MS = amountOf({ thoroughly: 1500, usually: 300 })

const run = promisify(execFile)

describe('a service that is killed again and again while it exports', function () {
  this.timeout(600_000)
  const home = useHome()
  const temporary = useTemporaryFolder()
  const names = Array.from({ length: ASSETS }, (_, nth) => `asset${nth}`)

  before(async () => {
    await mkdir(temporary.pathTo('assets'))
    const photo = await noise(300, 200).jpeg().toBuffer()
    for (const name of names) await writeFile(temporary.pathTo(`assets/${name}.jpg`), photo)
  })

  it(`ends each export of ${ASSETS} assets once, with all of them in its ZIP, and with one mail`, async () => {
    const options = { home, assets: temporary.pathTo('assets'), warm: ['none'] }
    let service = await startServiceProcess(options)
    const port = Number(new URL(service.origin).port)
    trust(home)
    const exporter = await createExporter(service.origin, home)
    const jobs: string[] = []
    const submit = async (): Promise<void> => {
      jobs.push(
        await exporter.submit({ fmt: 'convert', is_modifier: `wid=${100 + jobs.length}&fmt=png` }),
      )
    }

    for (let round = 0; round < KILLS; round += 1) {
      const latest = jobs.at(-1)
      if (latest === undefined || (await exporter.logOf(latest))) await submit()
      await setTimeout(Math.random() * LONGEST_LIFE_MS)
      service.child.kill('SIGKILL')
      await service.exited
      service = await startServiceProcess({ ...options, port })
    }

    for (const job of jobs) {
      const { detailArray = [], fatalError, fileSuccessCount } = await exporter.ended(job)
      assert.deepEqual([fatalError, fileSuccessCount], [false, ASSETS])
      const ends = detailArray.filter(({ logType }) => logType === 'EndGet')
      assert.equal(ends.length, 1)
      assert.equal(detailArray.length, ASSETS + 1)
      const file = temporary.pathTo(`${jobs.indexOf(job)}.zip`)
      const answer = await fetch(urlOfZip(detailArray))
      await writeFile(file, new Uint8Array(await answer.arrayBuffer()))
      await run('unzip', ['-tqq', file])
      assert.deepEqual(
        (await namesIn(file)).toSorted(),
        names.map((name) => `${name}.png`).toSorted(),
      )
    }
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    assert.equal((await readdir(path.join(home, 'mail'))).length, jobs.length)
    // Of what was being made when it was killed nothing is left.
    for (const job of await readdir(path.join(home, 'scene7', 'exports'))) {
      assert.deepEqual(await readdir(path.join(home, 'scene7', 'exports', job)), ['export.zip'])
    }
  })
})

async function namesIn(file: string): Promise<string[]> {
  const names: string[] = []
  for await (const { fileName } of (await openPromise(file)).eachEntry()) names.push(fileName)
  return names
}
