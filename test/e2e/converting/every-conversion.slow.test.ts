import { itConvertsAll } from './conversion-table.ts'
import { useConvertingService } from './converting-service.ts'
import { useSourceFiles } from './source-files.ts'

describe('every conversion that is listed, with the programs of the machine', function () {
  this.timeout(3_600_000)
  itConvertsAll(useConvertingService(), useSourceFiles(), process.env)
})
