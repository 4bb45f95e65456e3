import type { RunningApp } from '../helpers/launch.ts';

/** Chooses an item of the native menu by its label, for the window in front. */
export function chooseInMenu({ app }: RunningApp, label: string): Promise<void> {
  return app.evaluate(({ BrowserWindow, Menu }, wanted) => {
    const all = Menu.getApplicationMenu()!.items.flatMap(({ submenu }) => submenu?.items ?? []);
    const item = all.find((one) => one.label === wanted);
    if (!item) throw new Error(`There is no ${wanted} in the menu`);
    const [window] = BrowserWindow.getAllWindows();
    // A window under a virtual display is in front only when it is told so.
    BrowserWindow.getFocusedWindow = () => window ?? null;
    item.click(undefined, window);
  }, label);
}

/** Lets the app's questions answer themselves, and keeps what they asked. */
export async function answerQuestions({ app }: RunningApp, response: number): Promise<void> {
  await app.evaluate(({ dialog }, given) => {
    const kept = globalThis as unknown as { asked: string[] };
    kept.asked ??= [];
    dialog.showMessageBox = (async (...args: unknown[]) => {
      kept.asked.push((args.at(-1) as { message: string }).message);
      return { response: given, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
  }, response);
}

export const countWindows = ({ app }: RunningApp): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
