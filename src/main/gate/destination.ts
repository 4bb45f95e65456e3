import { AppError } from '../../shared/errors.ts';

/** Where a payload may go: the exact address, and whether it stays on this computer. */
export interface Destination {
  readonly url: string;
  /** `host`, with the port where it is not the scheme's own; what grants and the ledger name. */
  readonly host: string;
  readonly isLoopback: boolean;
}

/** Reads an address to send to. @throws AppError `app.usage` when it is none, `gate.refused` when it is not safe */
export function parseDestination(address: string): Destination {
  if (!URL.canParse(address))
    throw new AppError(
      'app.usage',
      `"${address}" is not an address. Write it like https://api.example.com/v1.`,
    );
  const url = new URL(address);
  const isLoopback = isLoopbackHost(url.hostname);
  if (url.username !== '' || url.password !== '')
    throw new AppError(
      'gate.refused',
      'The address holds a user name or password, which would be written to logs. Give the key in the environment instead.',
    );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback))
    throw new AppError(
      'gate.refused',
      `${url.protocol}//${url.host} is not encrypted, so nothing was sent. Use https; http is for this computer only (127.0.0.1).`,
    );
  return { url: url.href, host: url.host, isLoopback };
}

/** Whether a name is this computer without asking any name server. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/** Reads the destination of a grant: `*`, a host, host and port, or a whole address. @throws AppError `app.usage` */
export function parseGrantDestination(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '*') return trimmed;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(address) || new URL(address).hostname.includes('*'))
    throw new AppError(
      'app.usage',
      `"${text}" is not a destination. Write a host such as api.example.com, with :port where needed, or * for any.`,
    );
  const { host, port } = new URL(address);
  // A scheme's own port is left out of an address, but somebody who writes it means it alone.
  const isOwnPortNamed = port === '' && /^https:\/\/[^/?#]*:443(?:[/?#]|$)/i.test(address);
  return isOwnPortNamed ? `${host}:443` : host;
}

/** Whether a grant's destination covers a host, on its port when it names one and else on all of them. */
export function coversHost(grantDestination: string, host: string): boolean {
  return (
    grantDestination === '*' ||
    grantDestination === host ||
    grantDestination === `${host}:443` ||
    (!/:\d+$/.test(grantDestination) && grantDestination === host.replace(/:\d+$/, ''))
  );
}
