/**
 * The command line of Chromium: what it does besides showing pages is off, its own sandbox is on, and there is no way into any
 * network but the proxy.
 *
 * @param options.proxyPort - of this machine, as Chromium sees it
 * @param options.sandboxed - whether Chromium's own sandbox is on; off only where another one is around all of it
 * @param options.ownKey - the key of a certificate to trust whoever signed it, see {@link findOwnKey}
 */
export function chromiumArguments(options: {
  profile: string
  proxyPort: number
  sandboxed: boolean
  ownKey: string | undefined
}): string[] {
  return [
    '--headless',
    '--remote-debugging-pipe',
    `--user-data-dir=${options.profile}`,
    ...(options.sandboxed ? [] : ['--no-sandbox']),

    ...(options.ownKey === undefined
      ? []
      : [`--ignore-certificate-errors-spki-list=${options.ownKey}`]),
    `--proxy-server=http://127.0.0.1:${options.proxyPort}`,
    // Without it, what is on this machine would not go through the proxy.
    '--proxy-bypass-list=<-loopback>',
    // Names are looked up by the proxy alone.
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',

    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-extensions-with-background-pages',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-field-trial-config',
    '--disable-sync',
    '--metrics-recording-only',
    '--no-default-browser-check',
    '--no-first-run',
    '--no-pings',
    '--no-service-autorun',
    '--password-store=basic',
    '--use-mock-keychain',
    '--mute-audio',
    `--disable-features=${[
      'AutofillServerCommunication',
      'CertificateTransparencyComponentUpdater',
      'HttpsUpgrades',
      'MediaRouter',
      'OptimizationHints',
      'Translate',
    ].join(',')}`,

    // Containers have little shared memory.
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    '--disable-hang-monitor',
    // The same picture on every machine.
    '--force-color-profile=srgb',
    '--font-render-hinting=none',
    '--hide-scrollbars',
    // Its first page would be one more than is shown.
    '--no-startup-window',
  ]
}
