import { readFileSync } from 'node:fs'
import { familyOfProcess, memoryOf } from '../src/programs/process-family.ts'
import {
  presign,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from './e2e/api-client.ts'
import { drawPhoto } from './e2e/photo.ts'
import { startServiceProcess, useHome } from './e2e/service-process.ts'

describe('leak', function () {
  this.timeout(3000000)
  const home = useHome()
  it('x', async () => {
    const service = await startServiceProcess({ home, warm: ['dx-asset-compute-worker-1/worker'] })
    trust(home)
    const headers = await signIn(service.origin, home)
    const journal = await register(service.origin, headers)
    const photo = await drawPhoto(120, 80)
    const source = await upload(service.origin, headers, 'photo.jpg', photo)
    const broken = await upload(service.origin, headers, 'broken.jpg', photo.slice(0, 900))
    const missing = await presign(service.origin, headers, 'missing.jpg', 'r')
    const target = await presign(service.origin, headers, 'target', 'w')
    const sources = [source, source, source, broken, missing]
    let n = 0
    for (let round = 0; round < 30; round += 1) {
      for (let k = 0; k < 100; k += 1) {
        await sendProcess(service.origin, headers, {
          source: sources[n % 5],
          renditions: [{ name: `${n}`, fmt: 'png', width: 10 + (n % 50), target }],
        })
        n += 1
      }
      await readJournal(journal, headers, n)
      const pid = service.child.pid ?? 0
      console.log(
        new Date().toISOString(),
        n,
        familyOfProcess(pid)
          .map(
            (p) =>
              `${p}:${readFileSync(`/proc/${p}/cmdline`, 'utf8')
                .split('\0')
                .filter((x) => x.includes('.ts'))
                .map((x) => x.split('/').slice(-2).join('/'))
                .join(' ')}=${Math.round(memoryOf([p]) / 1e6)}`,
          )
          .join(' | '),
      )
    }
  })
})
