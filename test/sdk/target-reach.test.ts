import assert from 'node:assert/strict'
import { refuseTargetOutOfReach } from '../../src/sdk/target-reach.ts'

/** What leads to whom nobody means who means well. */
const OUTSIDE = [
  'https://169.254.169.254/latest/meta-data',
  'https://169.254.1.1:8443/file?signature',
  'https://0.0.0.0/file',
  'https://2852039166/file',
  'https://0xa9fea9fe/file',
  'https://[::ffff:169.254.169.254]/file',
  'https://[fe80::1]/file',
]

describe('a target of a rendition', () => {
  for (const url of OUTSIDE) {
    const refused = {
      reason: 'GenericError',
      message: 'The target is out of reach: its host is not one that this service may connect to.',
    }

    it(`is not ${url}`, () => assert.rejects(refuseTargetOutOfReach(url), refused))

    it(`has no part that is ${url}`, async () => {
      const urls = ['https://127.0.0.1/first', url]
      await assert.rejects(refuseTargetOutOfReach({ urls }), refused)
    })
  }

  for (const target of [
    'https://127.0.0.1:9443/storage/objects/a',
    'https://localhost/file',
    'https://192.168.1.10/file',
    'https://no.such.host.invalid/file',
    { urls: ['https://127.0.0.1/1', 'https://10.0.0.1/2'] },
    { urls: [] },
    'no URL',
    undefined,
  ]) {
    it(`may be ${JSON.stringify(target)}`, () => refuseTargetOutOfReach(target))
  }

  describe('where the service has its storage elsewhere', () => {
    before(() => {
      process.env['DARKROOM_STORAGE'] =
        'https://169.254.1.1/storage/objects/ https://169.254.1.2/bucket'
    })
    after(() => {
      delete process.env['DARKROOM_STORAGE']
    })

    for (const target of [
      'https://169.254.1.1/storage/objects/a',
      'https://169.254.1.2/bucket/a',
    ]) {
      it(`may be ${target}`, () => refuseTargetOutOfReach(target))
    }

    it('is nothing else there', () =>
      assert.rejects(refuseTargetOutOfReach('https://169.254.1.1/latest'), {
        reason: 'GenericError',
      }))
  })
})
