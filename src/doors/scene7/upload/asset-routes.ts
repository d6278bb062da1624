import { Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { Guesses } from '../../../http/guesses.ts'
import { type HttpEnv, speak } from '../../../http/root-app.ts'
import { MissingObjectError } from '../../../image-serving/request-error.ts'
import type { Asset, AssetSource } from '../catalogue/asset.ts'
import type { KeptAssets } from '../catalogue/kept-assets.ts'
import { decodeObject } from '../catalogue/object-name.ts'
import { createScene7Dialect, refuse } from '../scene7-dialect.ts'
import { checkBasicCredentials } from './basic-credentials.ts'
import type { Credentials } from './credentials.ts'

const PATH = '/scene7/assets'

/** What is told of an asset. */
export interface ListedAsset {
  readonly company: string
  readonly name: string
  readonly folder: string
  readonly type: string
  /** The name of its file, and its size in bytes; a set has none. */
  readonly file?: string
  readonly size?: number
  /** In milliseconds of the epoch. */
  readonly modified: number
  /** Whether it is kept in the state folder, and not a file of the mounted one. */
  readonly kept: boolean
}

/**
 * `GET /scene7/assets/COMPANY` lists all assets of a company, and `DELETE /scene7/assets/COMPANY/NAME` removes one that is
 * kept: what Adobe has only in its SOAP, for whoever has the credentials.
 */
export function createAssetRoutes({
  assets,
  kept,
  credentials,
  guesses,
}: {
  readonly assets: AssetSource
  readonly kept: KeptAssets
  readonly credentials: Credentials
  /** Of the password. */
  readonly guesses: Guesses
}): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .use(`${PATH}/*`, speak(createScene7Dialect(() => 2)), async (c, next) => {
      checkBasicCredentials(c, credentials, guesses)
      await next()
      c.header('cache-control', 'no-store')
    })
    .get(`${PATH}/:company`, async (c) => {
      const company = c.req.param('company')
      return c.json({ assets: (await assets.list(company)).map(tell) })
    })
    .delete(`${PATH}/:company/*`, async (c) => {
      const company = c.req.param('company')
      const name = readName(new URL(c.req.url).pathname)
      if (await kept.remove(company, name)) return c.body(null, 204)
      const mounted = await assets.find(company, name)
      if (!mounted) throw refuse(new MissingObjectError(`${company}/${name}`))
      throw new ServiceError(
        'conflict',
        `${company}/${name} is the file ${mounted.original?.name} of the mounted folder: remove it there.`,
      )
    })
}

/** What a path has behind that of the company. */
function readName(pathname: string): string {
  try {
    return decodeObject(pathname.slice(PATH.length + 1).replace(/^[^/]*\//, ''))
  } catch (error) {
    throw refuse(error)
  }
}

function tell({ original, ...asset }: Asset): ListedAsset {
  const { company, name, folder, type, modified, isMounted = false } = asset
  return {
    company,
    name,
    folder,
    type,
    ...(original && { file: original.name, size: original.size }),
    modified,
    kept: !isMounted,
  }
}
