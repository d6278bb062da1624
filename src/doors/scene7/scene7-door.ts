import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Hono } from 'hono'
import type { Log } from '../../base/log.ts'
import type { Part } from '../../base/part.ts'
import type { FrontEnds } from '../../database/front-ends.ts'
import { openDatabase } from '../../home/database.ts'
import type { Guesses } from '../../http/guesses.ts'
import { atDoor, type HttpEnv, speak } from '../../http/root-app.ts'
import type { CountPages, Posters, Renderer } from '../../image-pool/render-job.ts'
import type { FindMail, SendMail } from '../../mail/mail.ts'
import type { Reachable } from '../../peers/peer.ts'
import { combineAssets, combineReadyAssets } from './catalogue/all-assets.ts'
import type { AssetSource } from './catalogue/asset.ts'
import { openAttributesFile } from './catalogue/attributes-file.ts'
import { ATTRIBUTES, type CompanyAttributes } from './catalogue/attributes.ts'
import { createCatalogues } from './catalogue/catalogues.ts'
import { createFoundCrops, FOUND_CROPS_MIGRATIONS } from './catalogue/found-crops.ts'
import { type KeptAssets, openKeptAssets } from './catalogue/kept-assets.ts'
import { mountFolder } from './catalogue/mounted-folder.ts'
import type { OriginalsElsewhere } from './catalogue/originals.ts'
import { createPresets, type Presets } from './catalogue/presets.ts'
import { openReadyCatalogue } from './catalogue/ready-catalogue.ts'
import { createSmartCrops, type FindAttention } from './catalogue/smart-crops.ts'
import { type AssetInspection, createAssetInspection } from './inspection/asset-inspection.ts'
import type { ExportInspection } from './inspection/exports/export-inspection.ts'
import type { ExportLimits } from './ips/exports/export-limits.ts'
import type { ExportsElsewhere } from './ips/exports/kept-exports.ts'
import { createPlanPicture } from './ips/exports/make-picture.ts'
import type { WriteZip } from './ips/exports/write-zip.ts'
import type { VerifyToken } from './ips/identify-caller.ts'
import { type Ips, openIps } from './ips/ips.ts'
import type { Administrators } from './ips/users/administrators.ts'
import { createAnswers } from './responses/answers.ts'
import type { ReadXmp } from './responses/xmp-answer.ts'
import type { Scene7Databases } from './scene7-databases.ts'
import { createScene7Dialect } from './scene7-dialect.ts'
import { writeWsdlAddress } from './scene7-env.ts'
import { openAnswerCache } from './serving/answer-cache.ts'
import { createFindPicture } from './serving/asset-files.ts'
import { createContentRoutes } from './serving/content-routes.ts'
import { createImageRoutes } from './serving/image-routes.ts'
import { createKeptPosters } from './serving/kept-posters.ts'
import { createMakeThumbnail } from './serving/make-thumbnail.ts'
import { createPictures } from './serving/pictures.ts'
import { createAssetRoutes } from './upload/asset-routes.ts'
import type { Credentials } from './upload/credentials.ts'

/** Image Serving, and whatever else of Scene7 there is. */
export interface Scene7Door extends Part {
  /** To be mounted at the root. */
  readonly app: Hono<HttpEnv>
  /** The company whose assets are found without its name. */
  readonly company: string
  /** All assets there are, those of the mounted folder as well. */
  readonly assets: AssetSource
  readonly kept: KeptAssets
  readonly presets: Presets
  /** For the developer page. */
  readonly inspection: AssetInspection
  readonly exports: ExportInspection
  /** How many jobs of IPS there are of a kind, and where they are in their lives. */
  readonly countJobs: Ips['countJobs']
  /** Who may see the developer page of a team. */
  readonly administrators: Administrators
  /** Writes into `scene7.env` where clients find the WSDL, once it is known. */
  readonly announce: (origin: string) => Promise<void>
}

/**
 * Opens the door.
 *
 * @param options.home - the state folder; the door keeps its own in one below it
 * @param options.databases - what it keeps in tables
 * @param options.frontEnds - those that work on them
 * @param options.credentials - who may upload; the company is whose the mounted assets are, and whose are found without the
 *   name of a company
 * @param options.assetsFolder - a folder whose files are assets by their names
 * @param options.elsewhere - what has the files of assets and exports, where it is not the state folder
 * @param options.posters - makes what is shown of videos and office files
 * @param options.verifyToken - says whether an access token of IPS is one of this service
 * @param options.reachable - which hosts URLs may name
 * @param options.readXmp - reads the XMP of a file, for `req=xmp`
 * @param options.countPages - counts the pages of a PDF, for exports
 * @param options.findAttention - finds what of a picture draws attention, for smart crops
 * @param options.writeZip - writes the ZIPs of exports
 * @param options.sendMail - sends mails about jobs of IPS, and `findMail` says where they are
 * @param options.exportLimits - how much an export may be
 * @param options.attributes - what holds where a request and `scene7.json` in the state folder say nothing; {@link ATTRIBUTES}
 *   unless given
 * @param options.mostCacheBytes - how much pictures may take on the disk; 1 GB unless given
 * @throws {Error} one sentence when there is no such folder, or `scene7.json` is not what it must be
 */
export async function openScene7Door(options: {
  readonly home: string
  readonly databases: Scene7Databases
  readonly frontEnds: FrontEnds
  readonly credentials: Credentials
  readonly guesses: Guesses
  readonly verifyToken: VerifyToken
  readonly reachable: () => Reachable
  readonly assetsFolder?: string | undefined
  readonly renderer: Renderer
  readonly elsewhere?: (OriginalsElsewhere & ExportsElsewhere) | undefined
  readonly posters: Posters
  readonly readXmp: ReadXmp
  readonly countPages: CountPages
  readonly findAttention: FindAttention
  readonly writeZip: WriteZip
  readonly sendMail: SendMail
  readonly findMail: FindMail
  readonly exportLimits: ExportLimits
  readonly attributes?: CompanyAttributes
  readonly mostCacheBytes?: number
  readonly log: Log
  readonly now: () => number
}): Promise<Scene7Door> {
  const { credentials, guesses, assetsFolder, renderer, readXmp, findAttention, log, now } = options
  const { databases, frontEnds } = options
  const { company } = credentials
  const mounted =
    assetsFolder === undefined ? undefined : mountFolder({ folder: assetsFolder, company })
  const folder = path.join(options.home, 'scene7')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const attributes = openAttributesFile({
    file: path.join(options.home, 'scene7.json'),
    otherwise: options.attributes ?? ATTRIBUTES,
    log,
  })
  // Nothing is lost with this file but some time: it may be deleted whenever the service is not running.
  const found = openDatabase(path.join(folder, 'smart-crops.sqlite'), FOUND_CROPS_MIGRATIONS)
  try {
    const kept = await openKeptAssets(databases.catalogue, {
      folder: path.join(folder, 'originals'),
      elsewhere: options.elsewhere,
      log,
      now,
    })
    const cache = await openAnswerCache({
      folder: path.join(folder, 'cache'),
      ...(options.mostCacheBytes !== undefined && { mostBytes: options.mostCacheBytes }),
      now,
    })
    const presets = createPresets(databases.catalogue, now)
    const ready = await openReadyCatalogue(kept, presets)
    const assets = combineAssets(kept, mounted)
    const smartCrops = createSmartCrops({
      attributes,
      found: createFoundCrops(found),
      findAttention,
    })
    const catalogues = createCatalogues({
      assets: combineReadyAssets(ready, mounted),
      findPreset: ready.findPreset,
      company,
      hasCompany: ready.hasCompany,
      attributes,
      smartCrops,
    })
    const pictures = createPictures({ renderer, cache, log })
    const posters = createKeptPosters(path.join(folder, 'posters'), options.posters)
    const answers = createAnswers({ catalogues, pictures, posters, readXmp, log, now })
    const { home, verifyToken } = options
    const findPicture = createFindPicture(catalogues, posters)
    const making = { catalogues, pictures, findPicture }
    const ips = await openIps({
      home,
      database: databases.ips,
      usersDatabase: databases.users,
      frontEnds,
      elsewhere: options.elsewhere,
      credentials,
      guesses,
      verifyToken,
      reachable: options.reachable,
      assets,
      kept,
      companies: ready.companies,
      presets,
      readXmp,
      catalogues,
      planPicture: createPlanPicture(catalogues, making.findPicture),
      pictures,
      makeThumbnail: createMakeThumbnail(making),
      countPages: options.countPages,
      writeZip: options.writeZip,
      sendMail: options.sendMail,
      findMail: options.findMail,
      exportLimits: options.exportLimits,
      log,
      now,
    })
    const app = new Hono<HttpEnv>()
      .use('/scene7/*', atDoor('scene7'))
      .use('/is/*', speak(createScene7Dialect((url) => catalogues.at(url).attributes.errorDetail)))
      .route('/', createImageRoutes({ catalogues, answers: answers.ofImages, now }))
      .route('/', createContentRoutes({ catalogues, answers: answers.ofContent }))
      .route('/', createAssetRoutes({ assets, kept, credentials, guesses }))
      .route('/', ips.app)
    return {
      app,
      company,
      assets,
      kept,
      presets,
      exports: ips.exports,
      countJobs: ips.countJobs,
      administrators: ips.administrators,
      announce: (origin) => writeWsdlAddress(home, origin),
      inspection: createAssetInspection({
        kept,
        assets,
        smartCrops,
        mounted,
        mountedFolder: assetsFolder,
        company,
      }),
      start: () => ips.start?.(),
      pause() {
        // First, so that an export which is given up takes its pictures for given up too, and not for broken.
        const paused = ips.pause?.()
        pictures.stop()
        posters.stop()
        return paused
      },
      close: async () => {
        await ips.close?.()
        ready.close()
        await found.close()
      },
    }
  } catch (error) {
    await found.close()
    throw error
  }
}
