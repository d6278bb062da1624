import { azureExport } from './azure/azure-export.ts'
import { azureImport } from './azure/azure-import.ts'
import { googleExport } from './google/google-export.ts'
import { googleImport } from './google/google-import.ts'
import { openstackExport } from './openstack/openstack-export.ts'
import { openstackImport } from './openstack/openstack-import.ts'
import type { ExportPeer, ImportPeer } from './peer.ts'
import { s3Export } from './s3/s3-export.ts'
import { s3Import } from './s3/s3-import.ts'
import { sftpExport } from './sftp/sftp-export.ts'
import { sftpImport } from './sftp/sftp-import.ts'
import { uploadExport } from './url/upload-export.ts'
import { urlImport } from './url/url-import.ts'

/** Where files come from, by what follows `import/` in CloudConvert's operations. */
export const IMPORT_PEERS = {
  url: urlImport,
  s3: s3Import,
  'azure/blob': azureImport,
  'google-cloud-storage': googleImport,
  openstack: openstackImport,
  sftp: sftpImport,
} as const satisfies Readonly<Record<string, ImportPeer>>

/** Where files go to, by what follows `export/`. */
export const EXPORT_PEERS = {
  upload: uploadExport,
  s3: s3Export,
  'azure/blob': azureExport,
  'google-cloud-storage': googleExport,
  openstack: openstackExport,
  sftp: sftpExport,
} as const satisfies Readonly<Record<string, ExportPeer>>
