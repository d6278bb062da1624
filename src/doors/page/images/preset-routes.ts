import { Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { readJson } from '../../../http/read-request.ts'
import { PAGE_BODY } from '../page-body.ts'
import { type PresetList, savedPresetSchema } from './preset-shapes.ts'
import { usesOf } from './preset-uses.ts'

/** A preset as Image Serving keeps it. */
interface KeptPreset {
  readonly name: string
  readonly commands: string
  readonly modified: number
}

/** The presets of Image Serving, and the assets whose commands may name them. */
export interface InspectedPresets {
  readonly presets: {
    readonly find: (company: string, name: string) => Promise<KeptPreset | undefined>
    readonly list: (company: string) => Promise<readonly KeptPreset[]>
    readonly save: (
      company: string,
      preset: { readonly name: string; readonly commands: string },
    ) => Promise<void>
    readonly remove: (company: string, name: string) => Promise<boolean>
  }
  readonly assets: {
    readonly list: (company: string) => Promise<
      readonly {
        readonly name: string
        readonly type: string
        readonly modifier?: string | undefined
        readonly postModifier?: string | undefined
      }[]
    >
  }
}

/** How many assets are told of that presets can be tried on. */
const MOST_SAMPLES = 200

/** `/images/presets/…`, to be mounted at `/devtool/api`. */
export function createPresetRoutes({ presets, assets }: InspectedPresets): Hono {
  async function listOf(company: string): Promise<PresetList> {
    const [kept, known] = await Promise.all([presets.list(company), assets.list(company)])
    const ofAssets = known.map(({ name, modifier, postModifier }) => ({
      name,
      commands: [modifier, postModifier],
    }))
    const ofPresets = kept.map(({ name, commands }) => ({ name, commands: [commands] }))
    return {
      presets: kept.map((preset) => ({
        ...preset,
        usedBy: {
          assets: usesOf(preset.name, ofAssets),
          presets: usesOf(preset.name, ofPresets),
        },
      })),
      samples: known
        .filter(
          ({ type }) =>
            type !== 'set' && type !== 'static' && type !== 'profile' && type !== 'audio',
        )
        .slice(0, MOST_SAMPLES)
        .map(({ name }) => name),
    }
  }

  async function save(
    company: string,
    name: string,
    { commands, before }: { readonly commands: string; readonly before?: string | undefined },
  ): Promise<void> {
    const isSame = before?.toLowerCase() === name.toLowerCase()
    if (before === undefined || isSame) return presets.save(company, { name, commands })
    if (!(await presets.find(company, before))) throw missing(before)
    const other = await presets.find(company, name)
    if (other) {
      throw new ServiceError('conflict', `There is a preset called ${other.name} already.`)
    }
    await presets.save(company, { name, commands })
    await presets.remove(company, before)
  }

  return new Hono()
    .get('/images/presets/:company', async (c) => c.json(await listOf(c.req.param('company'))))
    .put('/images/presets/:company/:name', async (c) => {
      const { company, name } = c.req.param()
      await save(company, name, await readJson(c, savedPresetSchema, PAGE_BODY))
      return c.json(await listOf(company))
    })
    .delete('/images/presets/:company/:name', async (c) => {
      const { company, name } = c.req.param()
      if (!(await presets.remove(company, name))) throw missing(name)
      return c.json(await listOf(company))
    })
}

function missing(name: string): ServiceError {
  return new ServiceError('not_found', `There is no preset called ${JSON.stringify(name)}.`)
}
