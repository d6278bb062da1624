import assert from 'node:assert/strict'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createMailSweep, MAIL_KEPT_MS } from '../../src/mail/sweep-mails.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('files of mails', () => {
  const temporary = useTemporaryFolder()
  const errors: string[] = []
  const log = { error: (message: string) => void errors.push(message) }

  it('go when they are old, and nothing else in their folder does', async () => {
    const folder = temporary.pathTo('mail')
    await mkdir(folder)
    const now = Date.now()
    const ages: Readonly<Record<string, number>> = {
      'job-1.eml': MAIL_KEPT_MS + 60_000,
      'job-2.eml': MAIL_KEPT_MS - 60_000,
      'note.txt': 2 * MAIL_KEPT_MS,
    }
    for (const [name, age] of Object.entries(ages)) {
      const file = path.join(folder, name)
      await writeFile(file, '')
      await utimes(file, new Date(now - age), new Date(now - age))
    }
    await createMailSweep({ folder, log, now: () => now }).sweep()
    assert.deepEqual((await readdir(folder)).toSorted(), ['job-2.eml', 'note.txt'])
  })

  it('need not be there', async () => {
    await createMailSweep({ folder: temporary.pathTo('none'), log, now: Date.now }).sweep()
    assert.deepEqual(errors, [])
  })
})
