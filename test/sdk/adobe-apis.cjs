'use strict'

/** Calls APIs of Adobe by `@adobe/aio-sdk`, as a worker may, and prints what was asked and answered. */
const { default: nock } = require('nock')
const { Analytics, CampaignStandard, CustomerProfile, Target } = require('@adobe/aio-sdk')

const asked = []
nock.disableNetConnect()
nock(/./)
  .persist()
  .get(/./)
  .reply(200, { is: 'answered' })
  .on('request', (request) => asked.push(request.options?.href ?? request.url))

async function main() {
  const target = await Target.init('acme', 'key', 'token')
  const analytics = await Analytics.init('acme', 'key', 'token')
  const campaign = await CampaignStandard.init('acme', 'key', 'token')
  const profile = await CustomerProfile.init('acme', 'org', 'key', 'token')
  const answers = [
    await target.getActivities({ limit: 2 }),
    await analytics.getCollections({ limit: 3 }),
    await campaign.getAllProfiles({}),
    await profile.getProfile({ entityId: 'a', entityIdNS: 'email' }),
  ]
  console.log(JSON.stringify({ asked, bodies: answers.map(({ body }) => body.is) }))
}

void main()
