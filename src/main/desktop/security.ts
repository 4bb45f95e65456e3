import { app, session, type WebContents } from 'electron';

/** Where every window's page comes from. */
export const pageOrigin = 'app://stillroom';

/** Only our own files; no connection of any kind leaves a page. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Mantine sets custom properties in style attributes and injects its theme as a style element.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Chromium's own use of the network, switched off before it starts. */
export function silenceChromium(): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-default-apps',
    'disable-domain-reliability',
    'disable-sync',
    'no-pings',
    'no-first-run',
    'disable-breakpad',
  ])
    app.commandLine.appendSwitch(name);
  app.commandLine.appendSwitch('dns-over-https-mode', 'off');
  app.commandLine.appendSwitch(
    'disable-features',
    'OptimizationHints,MediaRouter,AutofillServerCommunication,CertificateTransparencyComponentUpdater,Translate,NetworkPrediction,InterestFeedContentSuggestions',
  );
  // No host name is ever looked up from a page: everything but our own protocol goes nowhere.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** Denies every permission and every request that is not for our own files. */
export function lockSession(): void {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.setSpellCheckerEnabled(false);
  own.webRequest.onBeforeRequest((details, answer) => {
    const isOwn = details.url.startsWith(`${pageOrigin}/`) || details.url.startsWith('devtools://');
    answer({ cancel: !isOwn });
  });
  own.on('will-download', (event) => event.preventDefault());
}

/** No page may go elsewhere, open a window, host another page, or reach others by WebRTC, of which no policy of a page knows. */
export function lockContents(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
