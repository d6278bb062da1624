import assert from 'node:assert/strict'
import { addressOf, isSameJob, type Route, readRoute } from '../../page/router.ts'

const ROUTES: [address: string, route: Route][] = [
  ['#/', { view: 'run' }],
  ['#/history', { view: 'history' }],
  ['#/requests/a%2Fb', { view: 'request', id: 'a/b' }],
  ['#/requests/a/0', { view: 'request', id: 'a', position: 0 }],
  ['#/runs/4f1c', { view: 'wholeRun', id: '4f1c' }],
  ['#/jobs', { view: 'jobs' }],
  ['#/jobs/4f1c', { view: 'job', id: '4f1c' }],
  ['#/jobs/4f1c/my_task', { view: 'job', id: '4f1c', task: 'my_task' }],
  ['#/cases', { view: 'cases' }],
  ['#/cases/worker/gr%C3%B6%C3%9Fe', { view: 'case', action: 'worker', name: 'größe' }],
  ['#/actions', { view: 'actions' }],
  ['#/jobs/new', { view: 'compose' }],
  ['#/jobs/new/a', { view: 'compose', from: 'a' }],
  ['#/api', { view: 'api' }],
  ['#/images', { view: 'images' }],
  ['#/images/in/summer%2Fshoes', { view: 'images', folder: 'summer/shoes' }],
  ['#/images/asset/acme/a%2Fb', { view: 'asset', company: 'acme', asset: 'a/b' }],
  ['#/images/lab/', { view: 'image' }],
  ['#/images/lab/acme%2Fshoe%3AWide', { view: 'image', object: 'acme/shoe:Wide' }],
  [
    '#/images/lab/acme%2Fshoe/wid%3D40%26fmt%3Dpng',
    { view: 'image', object: 'acme/shoe', commands: 'wid=40&fmt=png' },
  ],
  ['#/images/lab//text%3Da', { view: 'image', commands: 'text=a' }],
  [
    '#/images/lab/acme%2Fshoe//acme%2Fshoe%3Fwid%3D4',
    { view: 'image', object: 'acme/shoe', other: 'acme/shoe?wid=4' },
  ],
  ['#/images/presets', { view: 'presets' }],
  ['#/exports', { view: 'exports' }],
  ['#/exports/12', { view: 'export', number: 12 }],
  ['#/exports/new', { view: 'newExport' }],
  ['#/exports/new/in/summer%2Fshoes', { view: 'newExport', folder: 'summer/shoes' }],
  ['#/images/presets/zoom', { view: 'presets', preset: 'zoom' }],
]

const STRAY: [address: string, route: Route][] = [
  ['', { view: 'run' }],
  ['#nothing', { view: 'run' }],
  ['#/requests', { view: 'history' }],
  ['#/exports/twelve', { view: 'exports' }],
  ['#/requests/a/first', { view: 'request', id: 'a' }],
  ['#/jobs/', { view: 'jobs' }],
  ['#/jobs/4f1c/', { view: 'job', id: '4f1c' }],
  ['#/cases/worker', { view: 'cases' }],
  ['#/images/in/', { view: 'images' }],
  ['#/images/asset/acme', { view: 'images' }],
  ['#/images/lab', { view: 'image' }],
  ['#/cases/worker/50%', { view: 'case', action: 'worker', name: '50%' }],
]

describe('The address of the page', () => {
  for (const [address, route] of ROUTES) {
    it(`leads there and back: ${address}`, () => {
      assert.deepEqual(readRoute(address), route)
      assert.equal(addressOf(route), address)
    })
  }

  for (const [address, route] of STRAY) {
    it(`leads somewhere: ${JSON.stringify(address)}`, () => {
      assert.deepEqual(readRoute(address), route)
    })
  }

  it('stays at one job while its tasks are looked at', () => {
    const [list, job, task, other] = ['#/jobs', '#/jobs/a', '#/jobs/a/b', '#/jobs/c'].map(readRoute)
    assert.ok(list && job && task && other)
    assert.ok(isSameJob(job, task) && isSameJob(task, job))
    assert.ok(!isSameJob(list, job) && !isSameJob(task, other) && !isSameJob(list, list))
  })
})
