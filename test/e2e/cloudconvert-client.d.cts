import type CloudConvert from 'cloudconvert'

/**
 * Makes a client of npm's `cloudconvert`.
 *
 * @param region - what it writes before its host name, such as `localhost:9443/`
 */
export declare function createClient(key: string, region: string): CloudConvert
