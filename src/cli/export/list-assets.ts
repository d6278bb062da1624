import type { IpsClient } from '../scene7/ips-client.ts'
import type { ListedAsset } from './choose-assets.ts'

/** How many are asked for at a time. */
const PAGE = 1000

const FIELDS = ['name', 'assetHandle', 'folder'].map((field) => `assetArray/items/${field}`)

/** All assets of a company; throws as the client does. */
export async function listAssets(
  client: IpsClient,
  company: string,
): Promise<readonly ListedAsset[]> {
  const listed: ListedAsset[] = []
  for (let page = 1; ; page += 1) {
    const { assetArray = [] } = await client.call('searchAssets', {
      companyHandle: `c|${company}`,
      includeSubfolders: true,
      recordsPerPage: PAGE,
      resultsPage: page,
      responseFieldArray: FIELDS,
    })
    for (const { assetHandle = '', name = '', folder = '' } of assetArray) {
      listed.push({ handle: assetHandle, name, folder: withinCompany(folder) })
    }
    if (assetArray.length < PAGE) return listed
  }
}

/** IPS tells the folder `summer/shoes` of acme as `acme/summer/shoes/`. */
function withinCompany(folder: string): string {
  return folder.split('/').slice(1, -1).join('/')
}
