import assert from 'node:assert/strict'
import { amountOf } from '../../support/amounts.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { faultsOf, someOf } from './conversion-table.ts'
import { useConvertingService } from './converting-service.ts'
import { useSourceFiles } from './source-files.ts'

/** There are some thousand and a half. */
const MOST_PAIRS = amountOf({ thoroughly: Number.POSITIVE_INFINITY, usually: 4 })

describe('every conversion that is listed, with the programs of the machine', function () {
  this.timeout(3_600_000)
  const service = useConvertingService()
  const sources = useSourceFiles()
  const folder = useTemporaryFolder()

  it('makes what others can read', async () => {
    const pairs = await service.operations('filter[operation]=convert')
    const faults = await faultsOf(
      someOf(pairs, MOST_PAIRS),
      service,
      sources,
      folder.pathTo('read'),
    )
    assert.deepEqual(faults, [])
  })
})
