import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Bridge, callChannel, eventChannel, type WireEvent } from '../shared/contract/wire.ts';

/** The only thing a window can reach outside of itself; generic, so that it never grows. */
const bridge: Bridge = {
  call: (method, input) => ipcRenderer.invoke(callChannel, { method, input }),
  subscribe(listener) {
    const relay = (_event: unknown, message: WireEvent) => listener(message);
    ipcRenderer.on(eventChannel, relay);
    return () => ipcRenderer.off(eventChannel, relay);
  },
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('stillroom', Object.freeze(bridge));
