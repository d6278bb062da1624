import type { Preset, Presets } from '../../catalogue/presets.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'

/** getImageFormats, saveImageFormat and deleteImageFormat: image formats are the presets of Image Serving. */
export function createFormatOperations(presets: Presets) {
  async function findByHandle(company: string, handle: string): Promise<Preset> {
    const all = await presets.list(company)
    const found = all.find(({ name }) => handleOf(company, name) === handle)
    if (found) return found
    throw new IpsFault(
      'invalidParameter',
      `There is no image format with the handle ${JSON.stringify(handle.slice(0, 120))} in ${company}.`,
    )
  }

  return {
    async getImageFormats(_takes, { company }) {
      const all = await presets.list(company)
      return {
        imageFormatArray: all.map(({ name, commands }) => ({
          imageFormatHandle: handleOf(company, name),
          name,
          urlModifier: commands,
        })),
      }
    },
    async saveImageFormat({ imageFormatHandle, name, urlModifier }, { company }) {
      const before = imageFormatHandle ? await findByHandle(company, imageFormatHandle) : undefined
      await presets.save(company, { name, commands: urlModifier })
      const handle = handleOf(company, name)
      if (before && handle !== imageFormatHandle) await presets.remove(company, before.name)
      return { imageFormatHandle: handle }
    },
    async deleteImageFormat({ imageFormatHandle }, { company }) {
      const { name } = await findByHandle(company, imageFormatHandle)
      await presets.remove(company, name)
      return {}
    },
  } satisfies Partial<Handlers>
}

/** Names that differ in capital letters alone are one. */
function handleOf(company: string, name: string): string {
  return `i|${company}|${name.toLowerCase()}`
}
