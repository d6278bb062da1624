import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { SIGNATURES } from '../../../../src/doors/scene7/ips/schema/signatures.ts'

describe('docs/export-job.md', () => {
  it('tells of each operation of the WSDL that it works', async () => {
    const text = await readFile('docs/export-job.md', 'utf8')
    const documented = [...text.matchAll(/^\| ((?:\w+, )*\w+) \| works/gm)].flatMap(
      ([, names = '']) => names.split(', '),
    )
    assert.deepEqual(documented.toSorted(), Object.keys(SIGNATURES).toSorted())
  })
})
