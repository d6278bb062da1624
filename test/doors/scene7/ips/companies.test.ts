import assert from 'node:assert/strict'
import { readMembers } from '../../../../src/doors/scene7/ips/schema/members.ts'
import { SIGNATURES } from '../../../../src/doors/scene7/ips/schema/signatures.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { zip } from '../../../support/zip.ts'
import { openKeptUsers } from '../open-databases.ts'
import { type OpenedDoor, openDoor, streamOf } from '../open-door.ts'
import { ADMIN, at, call, envelope, param, post, texts } from './call-ips.ts'

/** One of each that there are handles of. */
const KINDS = [
  'company',
  'user',
  'asset',
  'archive',
  'set',
  'folder',
  'format',
  'job',
  'stopped',
  'executed',
] as const

type Handles = Readonly<Record<(typeof KINDS)[number], string>>

const BOB = ADMIN.replace('ann', 'bob@other.example').replace('p&lt;ss', 'secret')

const element = (name: string, value: string) => `<${name}>${value}</${name}>`
const company = (handles: Handles) => element('companyHandle', handles.company)
const asset = (handles: Handles) => company(handles) + element('assetHandle', handles.asset)
const items = (name: string, value: string) => element(name, element('items', value))
const publish =
  '<imageServingPublishJob><publishType>Full</publishType><emailSetting>None</emailSetting></imageServingPublishJob>'

/**
 * What each operation takes that takes a handle, in an order in which all of them work one after the other with handles of one's
 * own.
 */
const ROWS: Readonly<Record<string, (handles: Handles) => string>> = {
  checkLogin: (handles) =>
    `${company(handles)}<email>bob@other.example</email><password>secret</password>`,
  getCompanyInfo: company,
  getCompanyMembership: ({ user }) => element('userHandle', user),
  getUserInfo: ({ user }) => element('userHandle', user),
  getFolders: (handles) =>
    company(handles) +
    element('accessUserHandle', handles.user) +
    element('folderPath', handles.folder),
  getFolderTree: (handles) =>
    `${company(handles)}${element('accessUserHandle', handles.user)}${element('folderPath', handles.folder)}<depth>-1</depth>`,
  getImageFormats: company,
  searchAssets: (handles) =>
    `${company(handles)}${element('accessUserHandle', handles.user)}${element('folder', handles.folder)}<includeSubfolders>true</includeSubfolders>`,
  getAssets: (handles) =>
    company(handles) +
    element('accessUserHandle', handles.user) +
    items('assetHandleArray', handles.asset),
  getAssetsByName: (handles) =>
    company(handles) + element('accessUserHandle', handles.user) + items('nameArray', 'hat'),
  getAssetCounts: company,
  checkAssetNames: (handles) => company(handles) + items('assetNameArray', 'secret'),
  getOriginalFilePaths: (handles) => company(handles) + items('assetHandleArray', handles.asset),
  getAssociatedAssets: asset,
  getXMPPacket: asset,
  getZipEntries: (handles) => company(handles) + element('assetHandle', handles.archive),
  getImageSetMembers: (handles) => company(handles) + element('assetHandle', handles.set),
  getActiveJobs: (handles) =>
    `${company(handles)}${element('jobHandle', handles.job)}<includeWaitingJobs>true</includeWaitingJobs>`,
  getScheduledJobs: (handles) => company(handles) + element('jobHandle', handles.job),
  getJobLogs: (handles) => company(handles) + element('userHandle', handles.user),
  getJobLogDetails: (handles) => company(handles) + element('jobHandle', handles.executed),
  getAssetJobLogs: asset,
  setUrlModifier: (handles) => `${asset(handles)}<urlModifier>wid=9</urlModifier>`,
  setAssetPublishState: (handles) =>
    `${asset(handles)}<publishState>NotMarkedForPublish</publishState>`,
  renameAsset: (handles) =>
    `${asset(handles)}<newName>cap</newName><validateName>true</validateName>`,
  moveAsset: (handles) => asset(handles) + element('folderHandle', handles.folder),
  createFolder: (handles) => company(handles) + element('folderPath', handles.folder),
  createImageSet: (handles) =>
    `${company(handles)}${element('folderHandle', handles.folder)}<name>in ${handles.folder.replaceAll('/', ' ')}</name><type>ImageSet</type>${element('thumbAssetHandle', handles.asset)}`,
  setImageSetMembers: (handles) =>
    `${company(handles)}${element('assetHandle', handles.set)}<memberArray><items>${element('assetHandle', handles.asset)}<pageReset>false</pageReset></items></memberArray>`,
  saveImageFormat: (handles) =>
    `${company(handles)}${element('imageFormatHandle', handles.format)}<name>web</name><urlModifier>wid=1</urlModifier>`,
  submitJob: (handles) =>
    `${company(handles)}${element('userHandle', handles.user)}<jobName>x</jobName><execTime>2100-01-01T00:00:00Z</execTime><exportJob>${items('assetHandleArray', handles.asset)}<fmt>orig</fmt><emailSetting>All</emailSetting></exportJob>`,
  pauseJob: (handles) => company(handles) + element('jobHandle', handles.job),
  resumeJob: (handles) => company(handles) + element('jobHandle', handles.job),
  executeJob: (handles) => company(handles) + element('jobHandle', handles.executed),
  stopJob: (handles) => company(handles) + element('jobHandle', handles.stopped),
  deleteJob: (handles) => company(handles) + element('jobHandle', handles.job),
  deleteImageFormat: (handles) => company(handles) + element('imageFormatHandle', handles.format),
  deleteAsset: asset,
  deleteAssets: (handles) => company(handles) + items('assetHandleArray', handles.archive),
  deleteFolder: (handles) => company(handles) + element('folderHandle', handles.folder),
}

/** Members that are handles of what there is none of here; they are refused whatever they are. */
const NOTHING = ['accessGroupHandle', 'projectHandle', 'contextHandleArray']

describe('what a company has is of no use to a user of another', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let mine: Handles
  let theirs: Handles
  let untouched: string

  /** What the administrator sees of the company. */
  const look = async () => {
    const here = '<companyHandle>c|acme</companyHandle>'
    const all = `${here}<includeSubfolders>true</includeSubfolders>`
    const answers = [
      await call(opened.app, 'searchAssets', all),
      await call(opened.app, 'getFolders', here),
      await call(opened.app, 'getImageFormats', here),
      await call(opened.app, 'getScheduledJobs', here),
      await call(opened.app, 'getJobLogs', here),
      await call(opened.app, 'getImageSetMembers', here + element('assetHandle', theirs.set)),
    ]
    return JSON.stringify(answers)
  }

  async function furnish(name: string, user: string, prefix: string): Promise<Handles> {
    const here = `<companyHandle>c|${name}</companyHandle>`
    const handleIn = async (operation: string, member: string, members: string) =>
      at(await call(opened.app, operation, here + members), member)?.text ?? ''
    const add = async (called: string, file: string, mediaType: string, bytes: Uint8Array) => {
      const original = { name: file, mediaType, body: streamOf(bytes) }
      await opened.door.kept.addFile(name, called, original)
      const named = await call(opened.app, 'getAssetsByName', here + items('nameArray', called))
      return texts(named, 'assetHandle')[0] ?? ''
    }
    const submit = () =>
      handleIn(
        'submitJob',
        'jobHandle',
        `<jobName>${prefix}</jobName><execTime>2100-01-01T00:00:00Z</execTime>${publish}`,
      )
    const known = await call(opened.app, 'getUserInfo', element('email', user))
    const folder = `<folderPath>${name}/${prefix}</folderPath>`
    const format = `<name>web</name><urlModifier>wid=7</urlModifier>`
    const set = `<folderHandle>${name}/</folderHandle><name>${prefix} set</name><type>ImageSet</type>`
    return {
      company: `c|${name}`,
      user: at(known, 'userInfo/userHandle')?.text ?? '',
      asset: await add(prefix, `${prefix}.jpg`, 'image/jpeg', Buffer.from(prefix)),
      archive: await add(
        `${prefix} files`,
        'a.zip',
        'application/zip',
        new Uint8Array(zip({ [prefix]: 'a' })),
      ),
      set: await handleIn('createImageSet', 'assetHandle', set),
      folder: await handleIn('createFolder', 'folderHandle', folder),
      format: await handleIn('saveImageFormat', 'imageFormatHandle', format),
      job: await submit(),
      stopped: await submit(),
      executed: await submit(),
    }
  }

  before(async () => {
    const home = temporary.pathTo('home')
    const users = await openKeptUsers(home)
    const names = { firstName: 'A', lastName: 'B', password: 'secret' }
    for (const [email, name] of [
      ['bob@other.example', 'other'],
      ['eve@acme.example', 'acme'],
    ] as const) {
      await users.add({ email, company: name, role: 'IpsCompanyAdmin', ...names })
    }
    await users.close()
    opened = await openDoor(home)
    theirs = await furnish('acme', 'eve@acme.example', 'secret')
    untouched = await look()
    mine = await furnish('other', 'bob@other.example', 'hat')
  })
  after(async () => {
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  it('by any operation that takes a handle, with all handles that it takes', () => {
    const handles = { ...theirs, company: 'COMPANY' }
    for (const [name, { takes }] of Object.entries(SIGNATURES)) {
      const members = readMembers(takes)
        .map((member) => member.name)
        .filter((member) => /Handle(?:Array)?$/.test(member) && !NOTHING.includes(member))
      const given = ROWS[name]?.(handles) ?? ''
      for (const member of members) assert.ok(given.includes(`<${member}>`), `${name} ${member}`)
    }
  })

  /** Handles that are nobody's. */
  const nobodys: Handles = {
    company: 'c|nobody',
    user: '99|nobody@acme.example',
    asset: 'a|99999',
    archive: 'a|99999',
    set: 'a|99999',
    folder: 'acme/nothing/',
    format: 'i|acme|none',
    job: 'j|99999',
    stopped: 'j|99999',
    executed: 'j|99999',
  }

  /** What is said, but for the handle itself, and for numbers, as they grow. */
  async function ask(name: string, handles: Handles, handle: string): Promise<string> {
    const { status, text } = await post(
      opened.app,
      envelope(param(name, ROWS[name]?.(handles)), BOB),
    )
    const told = text.replaceAll(handle, 'HANDLE').replaceAll(/\d+/g, 'N')
    return `${status} ${told}`
  }

  for (const name of Object.keys(ROWS)) {
    it(`by ${name}: it is as if there were none of it`, async () => {
      const plain = ROWS[name]?.(mine) ?? ''
      const kinds = KINDS.filter((kind) => plain.includes(`>${mine[kind]}<`))
      assert.ok(kinds.length > 0)
      for (const kind of kinds) {
        const told = await ask(name, { ...mine, [kind]: theirs[kind] }, theirs[kind])
        const other = await ask(name, { ...mine, [kind]: nobodys[kind] }, nobodys[kind])
        assert.equal(told, other, kind)
        assert.doesNotMatch(told, /secret/, kind)
      }
      assert.equal(await look(), untouched)
    })
  }

  it('while all of it works with what is theirs', async () => {
    for (const [name, members] of Object.entries(ROWS)) {
      const { status, text } = await post(opened.app, envelope(param(name, members(mine)), BOB))
      assert.equal(status, 200, text)
    }
  })
})
