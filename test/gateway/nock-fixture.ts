import nock from 'nock'

// Its import alone puts nock between every test of this process and the network.
nock.restore()

/** Has nock answer for remote hosts in the tests of the enclosing `describe`, and only there. */
export function useNock(): void {
  before(() => {
    if (!nock.isActive()) nock.activate()
  })
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    nock.cleanAll()
    nock.enableNetConnect()
  })
  after(() => nock.restore())
}
