import type { KeptTables } from '../database/kept-tables.ts'
import { SERVICE } from '../database/service-database.ts'
import { CATALOGUE } from '../doors/scene7/catalogue/catalogue-schema.ts'
import { IPS } from '../doors/scene7/ips/ips-schema.ts'
import { USERS } from '../doors/scene7/ips/users/users-schema.ts'

/** All tables that are in files of the state folder, or else in PostgreSQL. */
export const KEPT_TABLES: readonly KeptTables[] = [SERVICE, CATALOGUE, IPS, USERS]
