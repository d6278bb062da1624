/** A host whose action never pauses; prints the number of its process and stays until it is killed. */
import { openProcessRecord } from '../../src/runtime/run/process-record.ts'
import { openHost, pidOf, runAction } from '../runtime/host-fixture.ts'

const record = await openProcessRecord(process.argv[2] ?? '')
const host = openHost('../attack/hostile.yml', { record })
const pid = pidOf(await runAction(host, 'hostile'))
host.onActivationBegin(() => console.log(pid))
host.invoke('test/hostile', { act: 'loop' })
