import assert from 'node:assert/strict'
import { NO_EXPORTS } from '../../../page/exports/exports-state.ts'
import { NO_LAB } from '../../../page/images/lab/lab-state.ts'
import { NO_PRESETS } from '../../../page/images/presets/presets-state.ts'
import { keepState, keptState, readRemembered, remembered } from '../../../page/model/remembered.ts'
import type { State } from '../../../page/state.ts'

const STATE: State = {
  route: { view: 'run' },
  online: true,
  samples: [],
  profiles: [],
  sources: [{ id: 'a', name: 'harbour.jpg', type: 'image/jpeg', size: 10 }],
  uploading: ['b.jpg'],
  composition: '[{"fmt":"png"}]',
  mode: 'json',
  sending: false,
  latest: 'run1',
  now: 0,
  historyFilter: { text: '', state: '' },
  unfolded: [],
  requests: [],
  toldRuns: new Map(),
  images: { filter: { text: '', type: '' }, selected: [], uploads: [] },
  lab: NO_LAB,
  presets: NO_PRESETS,
  exports: NO_EXPORTS,
  jobs: { known: [], filter: { status: '', tag: '', text: '' } },
  caseBatch: new Set(),
  caseTestMode: true,
  caseFilter: { text: '', state: '' },
  draft: '{"tasks":{}}',
  draftMode: 'json',
  draftFiles: new Map(),
}

describe('What a reload does not lose', () => {
  it('is the composition, the sources that the service has, the latest run and the draft', () => {
    const { sources, composition, mode, latest, caseTestMode, draft, draftMode } = STATE
    assert.deepEqual(readRemembered(remembered(STATE)), {
      sources,
      composition,
      mode,
      latest,
      caseTestMode,
      draft,
      draftMode,
    })
  })

  it('is what an older version of the page has kept, which knew of no runs', () => {
    const { sources, composition, mode } = STATE
    const kept = readRemembered(JSON.stringify({ sources, composition, mode, latest: ['r1'] }))
    assert.deepEqual(kept, {
      sources,
      composition,
      mode,
      latest: undefined,
      draft: '',
      draftMode: 'form',
      caseTestMode: false,
    })
  })

  it('is the chosen profile, too', () => {
    const { profile } = readRemembered(remembered({ ...STATE, profile: 'AEM standard' }))
    assert.equal(profile, 'AEM standard')
  })

  for (const text of [null, '', '{', '[]', '{"sources":[{"id":1}]}']) {
    it(`is nothing when ${JSON.stringify(text)} was kept`, () => {
      assert.deepEqual(readRemembered(text), {})
    })
  }

  it('is nothing when it is more than a browser keeps, rather than what was before', () => {
    const kept = new Map([['darkroom', remembered(STATE)]])
    const full = {
      setItem: () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      },
      removeItem: (name: string) => void kept.delete(name),
      getItem: (name: string) => kept.get(name) ?? null,
    }
    assert.equal(keptState(full).draft, STATE.draft)
    keepState(full, STATE)
    assert.deepEqual(keptState(full), {})
  })
})
