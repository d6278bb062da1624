import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { ASSET_TYPES } from '../../../contract/asset-types.ts'
import { readJson, readWholeNumber } from '../../../http/read-request.ts'
import { PAGE_BODY } from '../page-body.ts'
import { listAssets, toShownAsset } from './asset-list.ts'
import { type AssetDetail, assetPatchSchema, newSetSchema } from './asset-shapes.ts'
import type { AssetFacts, InspectedAssets } from './inspected-images.ts'

/** `/images/assets`, `/images/asset` and `/images/sets`: what is in the catalogue, and changes of it. */
export function createCatalogueRoutes(assets: InspectedAssets): Hono {
  async function detailOf(asset: AssetFacts): Promise<AssetDetail> {
    const { company, name, crops, modifier, postModifier } = asset
    const names = [name, `${company}/${name}`]
    const all = await assets.list(company)
    const usedIn = all
      .filter(({ members }) =>
        members.some(({ asset: member, swatch = '' }) =>
          names.some((each) => each === member || each === swatch),
        ),
      )
      .map((set) => set.name)
    return {
      ...toShownAsset(asset),
      crops: [...crops],
      usedIn,
      ...(modifier !== undefined && { modifier }),
      ...(postModifier !== undefined && { postModifier }),
    }
  }

  return new Hono()
    .get('/images/assets', async (c) => {
      const { folder = '', text = '', type } = c.req.query()
      if (type !== undefined && !ASSET_TYPES.some((each) => each === type)) {
        throw new ServiceError('invalid', `type must be one of ${ASSET_TYPES.join(', ')}.`)
      }
      const from = readWholeNumber(c.req.query(), 'from', { otherwise: 0 })
      const all = await assets.list(demand(c, 'company'))
      return c.json(listAssets(all, { folder, text, type, from }))
    })
    .post('/images/assets', async (c) => {
      const { folder = '', taken = 'refuse' } = c.req.query()
      if (taken !== 'refuse' && taken !== 'replace' && taken !== 'number') {
        throw new ServiceError('invalid', 'taken must be refuse, replace or number.')
      }
      const { body } = c.req.raw
      if (body === null)
        throw new ServiceError('invalid', 'The body must be the file; it is empty.')
      const file = {
        fileName: demand(c, 'name'),
        contentType: c.req.header('content-type'),
        body,
        folder,
      }
      return c.json(await detailOf(await assets.add(demand(c, 'company'), file, taken)), 201)
    })
    .get('/images/asset', async (c) => {
      const [company, name] = [demand(c, 'company'), demand(c, 'name')]
      const asset = await assets.find(company, name)
      if (asset) return c.json(await detailOf(asset))
      throw new ServiceError(
        'not_found',
        `There is no asset ${JSON.stringify(name.slice(0, 100))} any more.`,
      )
    })
    .get('/images/crops', async (c) => {
      const [company, name] = [demand(c, 'company'), demand(c, 'name')]
      return c.json({ crops: await assets.findCrops(company, name, c.req.raw.signal) })
    })
    .patch('/images/asset', async (c) => {
      const [company, name] = [demand(c, 'company'), demand(c, 'name')]
      const patch = await readJson(c, assetPatchSchema, PAGE_BODY)
      const { name: newName, members, ...others } = patch
      const changes = { ...others, members: members?.map((asset) => ({ asset })) }
      const isChanged = Object.values(changes).some((change) => change !== undefined)
      const changed = isChanged ? await assets.change(company, name, changes) : undefined
      const renamed =
        newName === undefined ? undefined : await assets.rename(company, name, newName)
      const asset = renamed ?? changed ?? (await assets.find(company, name))
      if (asset) return c.json(await detailOf(asset))
      throw new ServiceError('not_found', `There is no asset ${JSON.stringify(name)} any more.`)
    })
    .delete('/images/asset', async (c) => {
      await assets.remove(demand(c, 'company'), demand(c, 'name'))
      return c.body(null, 204)
    })
    .post('/images/sets', async (c) => {
      const { company, name, folder, members } = await readJson(c, newSetSchema, PAGE_BODY)
      const set = { folder, members: members.map((asset) => ({ asset })) }
      return c.json(await detailOf(await assets.addSet(company, name, set)), 201)
    })
}

/** @throws {ServiceError} `invalid` when it is not there */
function demand(c: Context, name: 'company' | 'name'): string {
  const value = c.req.query(name)
  if (value !== undefined && value !== '') return value
  throw new ServiceError('invalid', `${name} is missing; it must be in the query.`)
}
