/** A host with a busy and an idle process; prints their ids and stays until it is killed. */
import { openHost, pidOf, runAction } from './host-fixture.ts'

const host = openHost()
const idle = pidOf(await runAction(host, 'shared'))
const busy = pidOf(await runAction(host, 'alone'))
host.invoke('test/alone', { act: 'never' })
console.log(JSON.stringify({ idle, busy }))
