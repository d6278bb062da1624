import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { SIGNATURES } from '../../../../src/doors/scene7/ips/schema/signatures.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { openDoor } from '../open-door.ts'
import { envelope, faultOf, param, post } from './call-ips.ts'

describe('docs/export-job.md', () => {
  const temporary = useTemporaryFolder()

  it('tells of each operation of the WSDL whether it works', async () => {
    const text = await readFile('docs/export-job.md', 'utf8')
    const documented = new Map(
      [...text.matchAll(/^\| ((?:\w+, )*\w+) \| (works|refused)/gm)].flatMap(
        ([, names = '', state = '']) => names.split(', ').map((name) => [name, state]),
      ),
    )
    const { app, door } = await openDoor(temporary.pathTo('home'))
    try {
      const found = new Map<string, string>()
      for (const name of Object.keys(SIGNATURES)) {
        // A member that is none: what is built says so, and what is not does not look at it.
        const answer = await post(app, envelope(param(name, '<nothing/>')))
        const isMissing = /is not part of this service/.test(faultOf(answer).reason)
        found.set(name, isMissing ? 'refused' : 'works')
      }
      assert.deepEqual(Object.fromEntries(documented), Object.fromEntries(found))
    } finally {
      await door.close?.()
    }
  })
})
