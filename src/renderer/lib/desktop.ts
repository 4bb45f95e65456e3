import type {
  DesktopInput,
  DesktopMethodName,
  DesktopOutput,
} from '../../shared/contract/desktop.ts';
import { callRaw, contract } from './bridge.ts';

/** Asks the desktop itself: dialogs, the clipboard, keys, what is remembered between runs. @throws CallError */
export async function callDesktop<Name extends DesktopMethodName>(
  name: Name,
  input: DesktopInput<Name>,
): Promise<DesktopOutput<Name>> {
  const { desktopMethods } = await contract();
  // The main process answers each method with the type that the contract names for it.
  return (await callRaw(name, desktopMethods[name].input.parse(input))) as DesktopOutput<Name>;
}

type Filters = DesktopInput<'desktop.chooseFile'>['filters'];

/** The chosen file, or null when the dialog was closed. */
export const chooseFile = async (title: string, filters: Filters) =>
  (await callDesktop('desktop.chooseFile', { title, filters })).path;

export const chooseFolder = async (title: string) =>
  (await callDesktop('desktop.chooseFile', { title, isFolder: true })).path;

export const chooseSavePath = async (title: string, defaultPath: string, filters: Filters) =>
  (await callDesktop('desktop.chooseSavePath', { title, defaultPath, filters })).path;

export const copyText = (text: string) => callDesktop('desktop.copy', { text });
export const showInFolder = (path: string) => callDesktop('desktop.showInFolder', { path });

export const projectFiles: Filters = [{ name: 'Stillroom project', extensions: ['stillroom'] }];
export const dataFiles: Filters = [
  { name: 'Data', extensions: ['csv', 'tsv', 'json', 'jsonl', 'ndjson', 'xlsx', 'parquet'] },
  { name: 'All files', extensions: ['*'] },
];
