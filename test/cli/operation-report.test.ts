import assert from 'node:assert/strict'
import { describeGrades, reportOperations } from '../../src/cli/doctor/operation-report.ts'
import { listMakers } from '../../src/doors/jobs/operations/grades.ts'
import { listOperations } from '../../src/doors/jobs/operations/operation-list.ts'
import type { FoundPrograms } from '../../src/programs/programs.ts'

function described(operation: string, programs: FoundPrograms): string {
  const report = reportOperations(listMakers(programs)).find((each) => each.operation === operation)
  return describeGrades(report ?? assert.fail(`there is ${operation}`))
}

describe('what npm run doctor says of operations', () => {
  it('is which of them take a program, and whether it is missing', () => {
    assert.equal(described('pdf/a', {}), 'Ghostscript: missing (1)')
    assert.equal(described('pdf/a', { gs: '/usr/bin/gs' }), 'Ghostscript (1)')
    assert.equal(described('pdf/encrypt', {}), 'npm ci (1)')
    assert.match(described('command', {}), /^bubblewrap and FFmpeg: missing \(1\); bubblewrap and /)
  })

  it('is as many pairs of formats as GET /operations lists', () => {
    const soffice = { soffice: '/usr/bin/soffice' }
    for (const programs of [{}, soffice]) {
      const filter = { operation: 'convert' }
      const rows = listOperations(filter, { options: false, engineVersions: false }, programs)
      const count = rows.filter(({ meta }) => meta.grade === 'embedded').length
      assert.match(
        described('convert', programs),
        new RegExp(`^npm ci \\(${count}\\); LibreOffice`),
      )
    }
    assert.ok(!/missing/.test(described('convert', soffice)))
  })

  it('is nothing of how files come and go', () => {
    const names = reportOperations(listMakers({})).map(({ operation }) => operation)
    assert.ok(names.includes('convert'))
    assert.ok(names.every((name) => !/^(?:import|export)\//.test(name)))
  })
})
