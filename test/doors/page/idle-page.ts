import assert from 'node:assert/strict'
import path from 'node:path'
import type { openPageDoor } from '../../../src/doors/page/page-door.ts'

/** What a page is opened with by whoever asks it for nothing but itself. */
export function idlePage(home: string, origin: () => string): Parameters<typeof openPageDoor>[0] {
  return {
    home,
    samples: 'samples',
    cases: path.join(home, 'none'),
    startMocked: () => assert.fail('no case is run'),
    origin,
    signIn: () => assert.fail('nothing is asked of the service'),
    eventsUrl: origin,
    cancel: () => assert.fail('nothing is under way'),
    streamZip: () => assert.fail('nothing was made'),
    activations: { onActivationBegin: () => undefined, onActivationEnd: () => undefined },
    status: async () => [],
    keptObjects: () => ({ bytes: 1, mostBytes: 2, longestMs: null }),
    reasons: async () => [],
    actions: [],
    jobs: {
      key: async () => 'dk_page',
      fetch: () => assert.fail('no job is asked for'),
      inspection: {
        listen: () => () => undefined,
        touch: () => undefined,
        listed: async () => undefined,
        job: async () => undefined,
        hasTask: async () => false,
        makers: () => [],
        filesOf: async () => undefined,
        runAgain: () => assert.fail('nothing is run'),
      },
    },
    log: { warn: () => undefined },
    now: Date.now,
  }
}
