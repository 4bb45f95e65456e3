import { AppError } from '../../shared/errors.ts';
import { isOwnPort } from './listen.ts';

let isOffline = false;

/** Closes the gate of this process for every project, or opens it again. What is on its way is not called back. */
export function setOffline(value: boolean): void {
  isOffline = value;
}

/**
 * Programs on this computer are refused, too, since nobody sees whether they send on; only a server of this very
 * process, such as the recorded teacher, is not. @throws AppError `gate.offline`
 */
export function assertOnline(url: string): void {
  if (isOffline && !isOwnAddress(new URL(url)))
    throw new AppError(
      'gate.offline',
      'Stillroom is set to offline, so nothing was sent. Switch Offline off, then start this again; what was answered before is kept.',
    );
}

/** A port alone says nothing: any server elsewhere may have the same. */
function isOwnAddress({ hostname, port }: URL): boolean {
  return ['127.0.0.1', 'localhost'].includes(hostname) && isOwnPort(Number(port));
}
