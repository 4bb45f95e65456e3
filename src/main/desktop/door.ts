import { BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { z } from 'zod';
import type { Result } from '../../shared/contract/result.ts';
import { callChannel, eventChannel, type WireEvent } from '../../shared/contract/wire.ts';
import { pageOrigin } from './security.ts';

/** A call as it leaves a window. */
const callSchema = z.strictObject({ method: z.string().max(100), input: z.unknown() });

/** Answers one call from a window. */
export type CallHandler = (
  window: BrowserWindow,
  method: string,
  input: unknown,
) => Promise<Result<unknown>>;

/** The one door for messages from windows: checks the sender, its frame and the message's form on each call. */
export function openDoor(handle: CallHandler): void {
  ipcMain.handle(callChannel, async (event, message: unknown): Promise<Result<unknown>> => {
    const window = trustedWindow(event);
    const call = callSchema.safeParse(message);
    if (!window || !call.success)
      return {
        ok: false,
        error: { code: 'app.usage', message: 'The message was refused.', details: {} },
      };
    return handle(window, call.data.method, call.data.input);
  });
}

/** A window of ours, asking from the top frame of our own page. */
function trustedWindow(event: IpcMainInvokeEvent): BrowserWindow | undefined {
  const frame = event.senderFrame;
  const isOwnPage =
    frame !== null && frame.parent === null && frame.url.startsWith(`${pageOrigin}/`);
  return isOwnPage ? (BrowserWindow.fromWebContents(event.sender) ?? undefined) : undefined;
}

export function sendEvent(window: BrowserWindow, event: WireEvent): void {
  if (!window.isDestroyed()) window.webContents.send(eventChannel, event);
}
